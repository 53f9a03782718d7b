"""The embedded server: any folder, any crash."""

import multiprocessing
import os
import shutil
import subprocess
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import psutil
import psycopg
import pytest

from niangjia.operations import postgres
from niangjia.operations.postgres import cluster, programs, settings
from niangjia.operations.postgres.settings import machine_memory, memory


@pytest.fixture
def place():
    """A folder every account can walk to, unlike pytest's own."""
    folder = Path(tempfile.mkdtemp(prefix="niangjia-test-"))
    folder.chmod(0o755)
    made = []
    yield lambda *parts: made.append(folder.joinpath(*parts)) or made[-1]
    for data in made:
        postgres.stop(data)
    shutil.rmtree(folder)


def ask(url, question="SELECT 1", *values):
    with psycopg.connect(url, autocommit=True) as connection:
        answer = connection.execute(question, values)
        return answer.fetchone()[0] if answer.description else None


@pytest.mark.parametrize(
    "folder", ["plain", "with space, and comma", '娘家 "quoted"', "long" * 40], ids=str
)
def test_any_folder_will_do(place, folder):
    assert ask(postgres.start(place(folder, "data"))) == 1


@pytest.mark.parametrize(
    ("megabytes", "buffers", "hoped_for"),
    [(512, "256MB", "1024MB"), (16_384, "2048MB", "8192MB"), (262_144, "8192MB", "131072MB")],
)
def test_the_server_holds_more_where_there_is_more(megabytes, buffers, hoped_for):
    assert memory(megabytes) == {"shared_buffers": buffers, "effective_cache_size": hoped_for}


def test_a_container_has_what_it_was_given(tmp_path, monkeypatch):
    whole = machine_memory()
    limit = tmp_path / "memory.max"
    monkeypatch.setattr(settings, "CONTAINER_LIMIT", limit)
    limit.write_text("max\n")
    assert machine_memory() >= whole
    limit.write_text(f"{300 << 20}\n")
    assert machine_memory() == 300


def test_no_port_is_open(place):
    url = postgres.start(place("data"))
    assert ask(url, "SHOW listen_addresses") == ""
    server = psutil.Process(postgres.pid(place("data")))
    assert not [c for c in server.net_connections(kind="inet") if c.status == psutil.CONN_LISTEN]


def test_starting_twice_finds_the_same_server(place):
    data = place("data")
    assert postgres.start(data) == postgres.start(data)


def test_a_server_that_ends_while_it_is_asked_about_is_not_running(tmp_path, monkeypatch):
    monkeypatch.setattr(cluster, "pid", lambda data: 1)
    assert not postgres.is_running(tmp_path)


def test_a_server_that_is_not_ready_yet_is_stopped_too(place, monkeypatch):
    data = place("data")
    postgres.start(data)
    monkeypatch.setattr(cluster, "is_running", lambda data: False)
    postgres.stop(data)
    assert postgres.pid(data) is None


@pytest.mark.parametrize("whom", ["server", "session", "everyone"])
def test_committed_rows_survive_kill_9(place, whom):
    data = place("data")
    url = postgres.start(data)
    ask(url, "CREATE TABLE promise (kept int)")
    ask(url, "INSERT INTO promise VALUES (23)")
    with psycopg.connect(url) as open_session, psycopg.connect(url) as beside:
        server = psutil.Process(postgres.pid(data))
        match whom:
            case "server":
                server.kill()
            case "session":
                psutil.Process(open_session.info.backend_pid).kill()
            case "everyone":
                kill_all(server)
        if whom == "session":
            # Until it hears of that death the server answers as before; then it ends all sessions.
            wait_until(lambda: is_over(beside))
            wait_until(lambda: answers(url))
        else:
            wait_until(lambda: postgres.pid(data) is None)
        url = postgres.start(data)
        assert ask(url, "SELECT kept FROM promise") == 23


def is_over(session):
    """Whether the server has ended a session."""
    try:
        session.execute("SELECT 1")
    except psycopg.OperationalError:
        return True
    return False


@pytest.mark.parametrize(("commit", "kept"), [("on", 1), ("off", 0)])
def test_acknowledged_means_on_disk(place, commit, kept):
    """Promise 23 and its control: whoever turns `synchronous_commit` off loses what the log writer
    had not come round to write."""
    data = place("data")
    url = postgres.start(data)
    ask(url, "CREATE TABLE promise (kept int)")
    server = psutil.Process(postgres.pid(data))
    with psycopg.connect(url, autocommit=True) as session:
        session.execute("SELECT set_config('synchronous_commit', %s, false)", [commit])
        wait_until(lambda: log_writer(session))
        log_writer(session).suspend()
        session.execute("INSERT INTO promise VALUES (23)")
        kill_all(server)
    wait_until(lambda: postgres.pid(data) is None)
    assert ask(postgres.start(data), "SELECT count(*) FROM promise") == kept


def log_writer(session):
    """As the server names it: its list of children holds ended ones too, which cannot be asked."""
    asked = "SELECT pid FROM pg_stat_activity WHERE backend_type = 'walwriter'"
    found = session.execute(asked).fetchone()
    return psutil.Process(*found) if found else None


def kill_all(server):
    """The postmaster first, so that it starts none anew; whoever ended meanwhile is dead too."""
    children = server.children()
    for process in [server, *children]:
        with suppress(psutil.NoSuchProcess):
            process.kill()


def answers(url):
    with suppress(psycopg.OperationalError):
        return ask(url) == 1
    return False


def wait_until(holds, seconds=120):
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)


def test_an_orphaned_session_does_not_block_the_next_start(place):
    """A stopped backend cannot notice that its server died; it holds the shared memory."""
    data = place("data")
    url = postgres.start(data)
    with psycopg.connect(url) as session:
        orphan = psutil.Process(session.info.backend_pid)
        orphan.suspend()
        psutil.Process(postgres.pid(data)).kill()
        wait_until(lambda: postgres.pid(data) is None)
        assert orphan.is_running()
        assert ask(postgres.start(data)) == 1


def test_control_without_clearing_the_orphan_blocks(place, monkeypatch):
    data = place("data")
    with psycopg.connect(postgres.start(data)) as session:
        orphan = psutil.Process(session.info.backend_pid)
        orphan.suspend()
        psutil.Process(postgres.pid(data)).kill()
        wait_until(lambda: postgres.pid(data) is None)
        monkeypatch.setattr(cluster, "clear_remains", lambda data: None)
        with pytest.raises(postgres.CannotStart, match=r"shared memory|already exists"):
            postgres.start(data)
        orphan.kill()


def test_a_stale_pid_file_that_names_a_stranger_is_seen_through(place):
    """After a reboot the number in the file may belong to anybody of the same account."""
    data = place("data")
    postgres.start(data)
    file = data / "postmaster.pid"
    content = file.read_text()
    postgres.stop(data)
    account = programs.account_for(data)
    stranger = subprocess.Popen(["sleep", "60"], user=account.uid if account.is_other else None)
    try:
        file.write_text(content.replace(content.split("\n", 1)[0], str(stranger.pid), 1))
        os.chown(file, account.uid, account.gid)
        assert postgres.pid(data) is None
        assert ask(postgres.start(data)) == 1
    finally:
        stranger.kill()
        stranger.wait()


def test_an_initialisation_cut_short_is_begun_again(place):
    data = place("data")
    starter = multiprocessing.get_context("spawn").Process(target=postgres.start, args=[data])
    starter.start()
    wait_until((data / "PG_VERSION").exists)
    starter.kill()
    for program in psutil.process_iter():
        with suppress(psutil.Error):
            if program.name() in {"initdb", "postgres"} and str(data) in program.cmdline():
                program.kill()
    starter.join()
    assert ask(postgres.start(data)) == 1


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the server as somebody else")
def test_a_closed_checkout_stays_closed(place):
    closed = place("closed", "data").parent
    closed.mkdir(mode=0o700)
    data = closed / "data"
    assert ask(postgres.start(data)) == 1
    assert closed.stat().st_mode & 0o777 == 0o700
    assert data.is_symlink()
    postgres.stop(data)
    shutil.rmtree(data.resolve())


def test_durable_unless_told_otherwise(place):
    assert ask(postgres.start(place("data")), "SHOW fsync") == "on"
    assert ask(postgres.start(place("fast"), durable=False), "SHOW fsync") == "off"


def test_the_log_holds_no_statement_and_no_value(place):
    data = place("data")
    url = postgres.start(data)
    ask(url, "CREATE TABLE person (phone text UNIQUE)")
    ask(url, "INSERT INTO person VALUES ('13800001111')")
    with pytest.raises(psycopg.errors.UniqueViolation):
        ask(url, "INSERT INTO person VALUES ('13800001111')")
    log = "".join(file.read_text() for file in (data / "log").iterdir())
    assert "duplicate key" in log
    assert "13800001111" not in log


def test_the_socket_name_always_fits():
    for length in range(1, 300):
        folder = settings.socket_folder(Path("/") / ("x" * length))
        assert len(bytes(folder / settings.SOCKET_NAME)) < settings.SOCKET_NAME_BYTES
