from pathlib import Path

import pytest

from niangjia.core.errors import Invalid
from niangjia.regions import selectors, services
from niangjia.regions.models import CoordinateSource, Division, Level

pytestmark = pytest.mark.django_db

HEADS = {
    "provinces": "code,name",
    "cities": "code,name,provinceCode",
    "areas": "code,name,cityCode,provinceCode",
    "streets": "code,name,areaCode,provinceCode,cityCode",
}


def folder_with(tmp_path: Path, **lines: str) -> Path:
    for name, head in HEADS.items():
        (tmp_path / f"{name}.csv").write_text(f"{head}\n{lines.get(name, '')}", encoding="utf-8")
    return tmp_path


@pytest.fixture
def zhejiang():
    services.load_divisions(
        [
            ("330000", "浙江省", (120.153576, 30.287459)),
            ("330700", "金华市", (119.649506, 29.089524)),
            ("330701", "市辖区", None),
            ("330782", "义乌市", (120.075106, 29.306775)),
        ]
    )


def test_the_shipped_table_is_loaded_whole_and_only_once():
    seen = []
    report = services.load_divisions(progress=lambda done, total: seen.append((done, total)))
    services.load_divisions()
    assert report.loaded == Division.objects.count() == 3511 + 1
    assert Division.objects.filter(coordinate_source=CoordinateSource.PARENT).count() == 293
    assert not Division.objects.filter(level__gt=0, longitude__isnull=True).exists()
    assert seen[-1] == (3512, 3512)


def test_a_division_knows_its_place(zhejiang):
    yiwu = selectors.access_division("330782")
    assert yiwu.path == "100000/330000/330700/330782/"
    assert [d.name for d in selectors.chain_above(yiwu)] == ["中华人民共和国", "浙江省", "金华市"]
    assert (yiwu.short_name, yiwu.pinyin, yiwu.initials) == ("义乌", "yiwushi", "yws")


def test_points_are_stored_in_wgs84(zhejiang):
    yiwu = selectors.access_division("330782")
    assert yiwu.longitude == pytest.approx(120.0705, abs=0.001)
    assert yiwu.latitude == pytest.approx(29.3092, abs=0.001)


def test_what_has_no_point_takes_the_parents_and_says_so(zhejiang):
    rung, jinhua = selectors.access_division("330701"), selectors.access_division("330700")
    assert (rung.longitude, rung.latitude) == (jinhua.longitude, jinhua.latitude)
    assert rung.coordinate_source == CoordinateSource.PARENT
    assert jinhua.coordinate_source == CoordinateSource.OWN


def test_townships_hang_below_their_county(zhejiang, tmp_path):
    report = services.load_townships(
        folder_with(
            tmp_path,
            provinces="33,浙江省\n",
            cities="3307,金华市,33\n",
            areas="330782,义乌市,3307,33\n",
            streets='330782001,"稠城街道",330782,33,3307\n',
        )
    )
    township = selectors.access_division("330782001")
    assert (report.loaded, report.refusals) == (4, [])
    assert township.level == Level.TOWNSHIP
    assert township.parent_id == "330782"
    assert township.short_name == "稠城"
    assert township.coordinate_source == CoordinateSource.PARENT
    assert township.longitude == selectors.access_division("330782").longitude


def test_a_city_without_counties_holds_its_townships(tmp_path):
    services.load_divisions([("440000", "广东省", (113, 23)), ("441900", "东莞市", (113.7, 23))])
    folder = folder_with(
        tmp_path,
        areas="441900,东莞市,4419,44\n",
        streets="441900003,东城街道,441900,44,4419\n",
    )
    assert services.load_townships(folder).refusals == []
    township = selectors.access_division("441900003")
    assert township.parent_id == "441900"
    assert township.path == "100000/440000/441900/441900003/"


def test_younger_counties_come_in_and_changed_names_are_taken(zhejiang, tmp_path):
    folder = folder_with(tmp_path, areas="330782,义乌新市,3307,33\n330703,金东区,3307,33\n")
    before = selectors.access_division("330782")
    services.load_townships(folder)
    after = selectors.access_division("330782")
    assert after.name == "义乌新市"
    assert (after.longitude, after.coordinate_source) == (before.longitude, "own")
    assert selectors.access_division("330703").coordinate_source == CoordinateSource.PARENT


def test_loading_townships_again_changes_nothing(zhejiang, tmp_path):
    folder = folder_with(tmp_path, streets="330782001,稠城街道,330782,33,3307\n")
    first = services.load_townships(folder)
    count = Division.objects.count()
    assert services.load_townships(folder).loaded == first.loaded == 1
    assert Division.objects.count() == count


def test_bad_rows_are_refused_by_line_and_reason_and_the_rest_loads(zhejiang, tmp_path):
    folder = folder_with(
        tmp_path,
        streets="abc,坏代码,,,\n330782001,,330782,33,3307\n999999001,无上级,999999,99,9999\n"
        f"330782002,{'长' * 61},330782,33,3307\n330782003,北苑街道,330782,33,3307\n"
        "330782003,北苑街道,330782,33,3307\n3307821,少位,330782,33,3307\n",
    )
    report = services.load_townships(folder)
    assert report.loaded == 1
    assert [(r.file, r.line) for r in report.refusals] == [
        ("streets.csv", line) for line in (2, 3, 4, 5, 7, 8)
    ]
    assert len({r.reason for r in report.refusals}) == 6
    assert str(report.refusals[0]).startswith("streets.csv, line 2: ")


@pytest.mark.parametrize("damage", ["missing", "no column", "not text"])
def test_a_damaged_folder_is_refused_before_anything_is_written(zhejiang, tmp_path, damage):
    folder = folder_with(tmp_path, cities="3308,衢州市,33\n")
    streets = folder / "streets.csv"
    match damage:
        case "missing":
            streets.unlink()
        case "no column":
            streets.write_text("a,b\n1,2\n")
        case "not text":
            streets.write_bytes("code,name\n330782001,稠城".encode("gb18030"))
    with pytest.raises(Invalid):
        services.load_townships(folder)
    assert selectors.find_division("330800") is None


def test_townships_need_the_base_table(tmp_path):
    with pytest.raises(Invalid):
        services.load_townships(folder_with(tmp_path))


def test_a_load_cut_off_midway_is_finished_by_running_it_again(monkeypatch):
    from niangjia.regions.services import writing

    monkeypatch.setattr(writing, "BATCH", 500)

    def cut_off(done: int, total: int) -> None:
        if done >= 1000:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        services.load_divisions(progress=cut_off)
    assert Division.objects.count() == 1000
    services.load_divisions()
    assert Division.objects.count() == 3512


def test_a_row_below_nothing_is_refused():
    with pytest.raises(Invalid):
        services.load_divisions([("330782", "义乌市", None)])
    assert not Division.objects.exists()
