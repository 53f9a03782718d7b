import pytest

from niangjia.members.rules.devices import in_words

WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("named", "words"),
    [
        (
            f"Mozilla/5.0 (Linux; Android 13; M2012) {WEBKIT} Version/4.0 Chrome/116 Mobile"
            " Safari/537.36 MicroMessenger/8.0.44",
            "安卓手机 · 微信",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_1 like Mac OS X) AppleWebKit/605.1.15"
            " (KHTML, like Gecko) Version/17.1 Mobile/15E148 Safari/604.1",
            "iPhone · Safari",
        ),
        (
            f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {WEBKIT} Chrome/120.0 Safari/537.36"
            " Edg/120.0",
            "Windows 电脑 · Edge",
        ),
        ("curl/8.5.0", "curl/8.5.0"),
        ("", "没有名称的设备"),
    ],
)
def test_a_device_is_told_in_words_or_as_it_names_itself(named, words):
    assert in_words(named) == words
