#!/usr/bin/env python3
"""核对一次抽签，只用 Python 自带的功能 · Check a draw with Python's standard library alone.

python3 check_draw.py sealed.json entrants.txt drawn.json --seal 开奖前记下的封印 --mine 你的凭据
退出码 exit code: 0 全部相符 all holds · 1 有不符 something does not · 2 用法或文件不对 usage
"""

import argparse
import hashlib
import hmac
import json
import re
import sys

FORMAT = "niangjia-draw-1"
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LINE = re.compile(rf"([{LETTERS}]{{4}}-){{3}}[{LETTERS}]{{4}} [1-9][0-9]{{0,2}}")
SEALED = {"format", "draw", "title", "union", "parts", "entrants", "entrants_sha256", "commitment"}
SEALED |= {"source", "issue", "sealed_at", "known_at"}
DRAWN = {"format", "seal", "secret", "value", "seed", "winners", "waiting"}


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def read(data, fields):
    """The content of a published file: these fields, written in the one form there is."""
    found = json.loads(data)
    again = json.dumps(found, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    if again.encode() != data or set(found) != fields or found["format"] != FORMAT:
        raise ValueError("不是公布的样子 · not as published")
    return found


def pseudonym(code):
    """What stands on the list for whoever keeps this code: 80 bits of its hash."""
    number = int(sha256(f"{FORMAT} line\n{code}".encode()), 16) >> 176
    letters = [LETTERS[number >> 5 * place & 31] for place in range(15, -1, -1)]
    return "-".join("".join(letters[at : at + 4]) for at in range(0, 16, 4))


def share_out(lines, seed, parts):
    """Lowest HMAC first; each gets all the parts wanted if so many are left, or else waits."""
    winners, waiting = [], []
    pairs = [(name, int(wanted)) for name, wanted in map(str.split, lines)]
    ranks = {name: hmac.digest(bytes.fromhex(seed), name.encode(), "sha256") for name, _ in pairs}
    for name, wanted in sorted(pairs, key=lambda pair: (ranks[pair[0]], pair)):
        (winners if wanted <= parts else waiting).append(name)
        parts -= wanted if wanted <= parts else 0
    return winners, waiting


def check(sealed_data, entrants_data, drawn_data):
    """(holds, 中文, English) for each thing that must hold."""
    sealed, drawn = read(sealed_data, SEALED), read(drawn_data, DRAWN)
    lines = entrants_data.decode("ascii").split("\n")
    last, names = lines.pop(), [line[:19] for line in lines]
    tidy = last == "" and names == sorted(set(names)) and all(map(LINE.fullmatch, lines))
    yield tidy and len(lines) == sealed["entrants"], "名单没有重复", "no line of the list twice"
    same = sha256(entrants_data) == sealed["entrants_sha256"]
    yield same, "名单就是封存的那一份", "the list is the one that was sealed"
    yield sha256(sealed_data) == drawn["seal"], "封印与封存的文件相符", "the seal is the file's"
    yield sealed["sealed_at"] < sealed["known_at"], "开奖前已封存", "sealed before the value"
    kept = sha256(drawn["secret"].encode()) == sealed["commitment"]
    yield kept, "密数就是封存时承诺的", "the secret is the one committed to"
    text = "\n".join((FORMAT, sha256(sealed_data), drawn["secret"], drawn["value"], ""))
    yield sha256(text.encode()) == drawn["seed"], "种子算出来相同", "the seed follows"
    lists = share_out(lines, drawn["seed"], sealed["parts"]) if tidy else None
    yield lists == (drawn["winners"], drawn["waiting"]), "中签和候补算出来相同", "the lists follow"


def main():
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("files", nargs=3, type=argparse.FileType("rb"))
    words.add_argument("--seal", help="开奖前记下的封印 · the seal you noted beforehand")
    words.add_argument("--mine", help="你的凭据 · your private code")
    asked = words.parse_args()
    data = [file.read() for file in asked.files]
    seal = sha256(data[0])
    try:
        results = list(check(*data))
    except (ValueError, TypeError, AttributeError, KeyError) as broken:
        sys.exit(f"✗ 文件被改过 · a file was changed: {broken}")
    if asked.seal:
        results.append((asked.seal == seal, "封印就是你记下的", "the seal is the one you noted"))
    for holds, chinese, english in results:
        print("✓" if holds else "✗", chinese, "·", english)
    sealed, drawn = json.loads(data[0]), json.loads(data[2])
    print(
        f"封印 seal: {seal}\n请查对 look up: {sealed['source']} {sealed['issue']} {drawn['value']}"
    )
    mine = pseudonym(asked.mine or "")
    print(*(f"{mine} {key}" for key in ("winners", "waiting") if mine in drawn[key]))
    sys.exit(not all(holds for holds, *_ in results))


if __name__ == "__main__":
    main()
