"""What is built for pages to load."""

import pytest

from niangjia.operations import assets
from niangjia.web import styles


@pytest.mark.parametrize("face", styles.FACES)
def test_the_one_file_is_every_sheet_in_the_order_of_the_cascade(face, tmp_path):
    written = {path.stem: path.read_text() for path in assets.build_styles(target=tmp_path)}
    position = 0
    for name in styles.sheets(face, joined=False):
        sheet = (styles.SOURCE / name.rpartition("/")[2]).read_text()
        position = written[face].index(sheet, position)
