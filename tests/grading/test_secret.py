import hashlib
import hmac
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rfmgrade.config import GradingConfig, personal_seed, read_roster, read_secret, second_seed
from rfmkit import cli
from rfmkit.labels import use_language
from rfmkit.schema import DataError

SECRET = b"0123456789abcdefXYZ"


def test_a_seed_is_the_hmac_that_the_contract_says():
    told = hmac.new(SECRET, b"rfmkit case\nb1", hashlib.sha256).digest()
    assert personal_seed(SECRET, "B1") == int.from_bytes(told[:8], "big")
    told = hmac.new(SECRET, b"rfmkit second case\n0", hashlib.sha256).digest()
    assert second_seed(SECRET) == int.from_bytes(told[:8], "big")
    assert second_seed(SECRET, 1) != second_seed(SECRET)


@given(st.text("ABCdef0123456789", min_size=1), st.text("ABCdef0123456789", min_size=1))
def test_two_students_share_a_seed_only_if_they_share_an_id(one, other):
    same = one.casefold() == other.casefold()
    assert (personal_seed(SECRET, one) == personal_seed(SECRET, other)) == same


@pytest.mark.parametrize("text", ["b1090001", " B1090001 ", "Ｂ１０９０００１", "B109\u200b0001"])
def test_another_spelling_of_an_id_keeps_the_case(text):
    assert personal_seed(SECRET, text) == personal_seed(SECRET, "B1090001")


def test_white_space_that_an_editor_adds_does_not_change_the_secret(tmp_path):
    for name, data in (("a", SECRET), ("b", SECRET + b"\r\n"), ("c", b"\xef\xbb\xbf" + SECRET)):
        (tmp_path / name).write_bytes(data)
    assert {read_secret(tmp_path / name) for name in "abc"} == {SECRET}


@pytest.mark.parametrize(
    "data", [b"", b"\x11hort", b"                     x", b"a" * 40, b"x" * 70_000]
)
@pytest.mark.parametrize("lang", ["zh-TW", "en"])
def test_a_bad_secret_is_refused_with_a_way_to_make_one_and_never_shown(data, lang, tmp_path):
    file = tmp_path / "course.secret"
    file.write_bytes(data)
    use_language(lang)
    with pytest.raises(DataError, match="token_hex") as told:
        read_secret(file)
    assert data.decode()[:100] not in str(told.value) or len(data) < 10
    with pytest.raises(DataError, match="token_hex"):
        read_secret(tmp_path / "none")


def test_the_configuration_never_changes_and_never_shows_the_secret():
    config = GradingConfig((), SECRET)
    assert SECRET.decode() not in repr(config)
    with pytest.raises(AttributeError):
        config.mode = "trusted"
    assert config.seed_of("B1") == personal_seed(SECRET, "B1")
    assert config.second_seeds[:2] == (second_seed(SECRET), second_seed(SECRET, 1))


ROSTER = "id,name\nB1,Ann Lee\nB2,Lee Ann\nB3,王 大明\nB4,王大明\n"
SECRETS = {
    "hex": "0f8a" * 16,
    "with commas": "k9,x2;v8\tq7,zz81,0a9s8d7f",
    "lines": "-----BEGIN KEY-----\nMIIEow0129837465\nAoIBAQC73920\n",
    "quotes": 'a"b0c1d2e3f4",x"yz5566778899',
}


@pytest.mark.parametrize("name", SECRETS)
@pytest.mark.parametrize("command", ["assign", "grade"])
def test_a_secret_in_the_rosters_place_is_never_printed(
    name, command, tmp_path, monkeypatch, capsys
):
    monkeypatch.chdir(tmp_path)
    Path("r.csv").write_text(ROSTER, encoding="utf-8")
    Path("s").write_text(SECRETS[name], encoding="utf-8")
    Path("in").mkdir()
    more = ["in", "-o", "g.xlsx"] if command == "grade" else ["-o", "out"]
    for roster, secret in (("s", "r.csv"), ("s", "s"), ("r.csv", "r.csv"), ("s", SECRETS["hex"])):
        words = [command, *more, "--roster", roster, "--secret-file", secret, "--lang", "en"]
        assert cli.main(words) == 2
        said = "".join(capsys.readouterr())
        for part in re.findall(r"\w{6,}", SECRETS[name] + " " + SECRETS["hex"]):
            assert part not in said
    assert "change places" in said or "never type" in said.lower()


def test_names_that_only_look_different_are_told_before_anything_is_handed_out(tmp_path):
    path = tmp_path / "r.csv"
    path.write_text(ROSTER, encoding="utf-8")
    told = " ".join(read_roster(path).notes)
    assert "Ann Lee = Lee Ann" in told
    assert "王 大明 = 王大明" in told
