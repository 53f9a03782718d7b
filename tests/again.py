"""A test that failed is asked once more, alone, when all others are done (ADR 144).

A pytest plugin of `make test`. Red again is red. Green the second time is shaky: the run is green,
and its closing lines name the test and show why it failed, so that somebody mends it. More failures
than `MOST`, a collection that fails or a run that is cut short are red at once.
"""

import subprocess
import sys

import pytest

#: More than this many are no accident.
MOST = 5


@pytest.hookimpl(wrapper=True, trylast=True)
def pytest_sessionfinish(session):
    answer = yield  # The workers are gone.
    config = session.config
    reporter = config.pluginmanager.getplugin("terminalreporter")
    if session.exitstatus == pytest.ExitCode.TESTS_FAILED and not hasattr(config, "workerinput"):
        failed = [*reporter.getreports("failed"), *reporter.getreports("error")]
        names = sorted({report.nodeid for report in failed})
        tests = all(isinstance(report, pytest.TestReport) for report in failed)
        if tests and 0 < len(names) <= MOST and pass_alone(names, config.rootpath, reporter):
            session.exitstatus = pytest.ExitCode.OK
            count_as_shaky(failed, set(names), reporter.stats)
    return answer


def pass_alone(names, folder, reporter):
    """Whether each of them passes now; to be skipped is not to pass. What is said is shown."""
    reporter.write_sep("=", f"asked once more, alone: {len(names)}")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", f"no:{__name__}", "-n0", *names],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    reporter.write_line(done.stdout)
    return done.returncode == 0 and f" {len(names)} passed in " in done.stdout.splitlines()[-1]


def count_as_shaky(failed, names, stats):
    """In the numbers of the closing line they are neither failed nor, by another phase, passed."""
    for outcome in ("failed", "error", "passed"):
        left = [report for report in stats.pop(outcome, []) if report.nodeid not in names]
        if left:
            stats[outcome] = left
    stats["shaky"] = list({report.nodeid: report for report in reversed(failed)}.values())


def pytest_terminal_summary(terminalreporter):
    shaky = terminalreporter.getreports("shaky")
    for report in shaky:
        terminalreporter.write_sep("!", report.nodeid)
        terminalreporter.write_line(report.longreprtext)
        for title, text in report.sections:
            terminalreporter.write_sep("-", title)
            terminalreporter.write_line(text)
    for report in shaky:
        terminalreporter.write_line(
            f"SHAKY {report.nodeid}: failed beside the others, passed alone. Mend it.",
            yellow=True,
            bold=True,
        )
