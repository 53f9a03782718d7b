"""Files once they are collected."""

from niangjia.web.collecting import Collected


def test_a_module_imports_its_neighbour_by_the_name_that_is_served(tmp_path):
    far, near = "vendor/far.js", "vendor/near.js"
    (tmp_path / "vendor").mkdir()
    (tmp_path / near).write_text("export const near = 1;\n")
    (tmp_path / far).write_text("import { near } from './near.js';\nexport { near };\n")
    files = Collected(location=tmp_path)
    done = files.post_process({name: (files, name) for name in (far, near)})
    assert not [problem for _name, _new, problem in done if isinstance(problem, Exception)]

    collected = (tmp_path / files.hashed_files[far]).read_text()

    named = files.hashed_files[near].removeprefix("vendor/")
    assert named != "near.js"
    assert f'from "./{named}"' in collected
