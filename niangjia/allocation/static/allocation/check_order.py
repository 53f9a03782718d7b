#!/usr/bin/env python3
"""核对开放几秒或按积分的次序，只用 Python 自带的功能 · Check an order with Python alone.

python3 check_order.py order.txt --fingerprint 事先记下的指纹 --mine 你那一行的编号
退出码 exit code: 0 全部相符 all holds · 1 有不符 something does not · 2 用法不对 usage
"""

import argparse
import hashlib
import sys
import uuid
from decimal import Decimal

HEAD = ("niangjia-order-1", "pool", "fingerprint", "number", "parts", "kept")


def read(text):
    """The head by its words, and (place, id, parts, score, outcome) of each line."""
    *lines, last = text.split("\n")
    head = [line.split(" ") for line in lines[:6]]
    if last or tuple(words[0] for words in head) != HEAD:
        raise ValueError("不是公布的样子 · not as published")
    rows = [line.split(" ") for line in lines[6:]]
    return {words[0]: words[-1] for words in head}, rows


def check(text):
    """(holds, 中文, English) for each thing that must hold."""
    head, rows = read(text)
    number, ids = bytes.fromhex(head["number"]), [row[1] for row in rows]
    kept = hashlib.sha256(number).hexdigest() == head["fingerprint"]
    yield kept, "密数与指纹相符", "the number is the one of the fingerprint"
    yield len(set(ids)) == len(ids), "没有重复", "nobody stands there twice"

    def rank(row):
        score = Decimal(0 if row[3] == "-" else row[3])
        return -score, hashlib.sha256(number + uuid.UUID(row[1]).bytes).digest()

    again = [row[1] for row in sorted(rows, key=rank)]
    places = [row[0] for row in rows] == [str(place) for place in range(1, len(rows) + 1)]
    yield places and again == ids, "次序算出来相同", "the order follows"
    if int(head["kept"]):
        return
    left, served = int(head["parts"]), []
    for _place, _id, parts, _score, _outcome in rows:
        has = int(parts) <= left
        left -= int(parts) if has else 0
        served.append("has" if has else "waits")
    same = served == [row[4] for row in rows]
    yield same, "谁得到算出来相同", "who has a part follows"


def main():
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("file", type=argparse.FileType("r", encoding="ascii"))
    words.add_argument(
        "--fingerprint", help="事先记下的指纹 · the fingerprint you noted beforehand"
    )
    words.add_argument("--mine", help="你那一行的编号 · the id of your line")
    asked = words.parse_args()
    text = asked.file.read()
    try:
        results = list(check(text))
        head, rows = read(text)
    except (ValueError, IndexError, ArithmeticError) as broken:
        sys.exit(f"✗ 文件被改过 · the file was changed: {broken}")
    if asked.fingerprint:
        noted = asked.fingerprint == head["fingerprint"]
        results.append((noted, "指纹就是你记下的", "the fingerprint is the one you noted"))
    for holds, chinese, english in results:
        print("✓" if holds else "✗", chinese, "·", english)
    print(*(" ".join(row) for row in rows if row[1] == asked.mine), sep="\n")
    sys.exit(not all(holds for holds, *_words in results))


if __name__ == "__main__":
    main()
