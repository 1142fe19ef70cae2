"""Backup and restore as an administrator does them: two folders, real processes, tampering in between."""

from __future__ import annotations

import hashlib
import io
import json
import stat
import tarfile
from pathlib import Path

import pytest

WHOLE = "审计链完整。"


@pytest.fixture
def package(hall, run, tmp_path: Path) -> Path:
    """A package of the hall with a file in it, its secrets included."""
    folder = tmp_path / "data" / "files" / "2026"
    folder.mkdir(parents=True)
    (folder / "notice.pdf").write_bytes(b"%PDF-1.7 a notice")
    path = tmp_path / "hall.tar.gz"
    done = run("backup", "--with-secrets", "--to", str(path))
    assert (done.returncode, done.stderr) == (0, "")
    return path


def members(path: Path) -> dict[str, bytes]:
    with tarfile.open(path) as tar:
        return {entry.name: tar.extractfile(entry).read() for entry in tar}


def rewrite(path: Path, files: dict[str, bytes]) -> None:
    with tarfile.open(path, "w:gz") as tar:
        for name, content in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            tar.addfile(entry, io.BytesIO(content))


def test_a_package_holds_everything_with_its_digests_and_is_private(package: Path, hall):
    files = members(package)
    manifest = json.loads(files.pop("manifest.json"))
    database = "database.dump" if hall.get("DATABASE_URL") else "database.sqlite3"
    secrets = {f"secrets/{name}.key" for name in ("django", "audit", "privacy")}
    assert set(files) == {database, "anchors/audit.log", "files/2026/notice.pdf", *secrets}
    assert manifest["files"] == {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    assert stat.S_IMODE(package.stat().st_mode) == 0o600


def test_secrets_stay_at_home_unless_asked_for(hall, run, tmp_path: Path):
    done = run("backup")
    [path] = (tmp_path / "data" / "backups").iterdir()
    assert done.returncode == 0
    assert [name for name in members(path) if name.startswith("secrets")] == []


def test_a_restored_hall_is_the_same_and_its_trail_whole(package: Path, run, elsewhere):
    done = run("restore", str(package), **elsewhere)
    assert (done.returncode, done.stderr, done.stdout.splitlines()[-1]) == (0, "", WHOLE)
    assert (elsewhere["data"] / "files/2026/notice.pdf").read_bytes() == b"%PDF-1.7 a notice"
    again = run("backup", "--to", str(package.with_name("again.tar.gz")), **elsewhere)
    assert again.returncode == 0
    assert run("verify", **elsewhere).stdout.splitlines()[-1] == WHOLE


def test_restore_overwrites_nothing(package: Path, run, tmp_path: Path):
    done = run("restore", str(package))
    assert (done.returncode, done.stderr.startswith(f"{tmp_path / 'data'} 不是空目录")) == (1, True)
    assert run("verify").returncode == 0


def test_without_the_old_key_nothing_is_restored(hall, run, tmp_path: Path, elsewhere):
    run("backup", "--to", str(tmp_path / "bare.tar.gz"))
    done = run("restore", str(tmp_path / "bare.tar.gz"), **elsewhere)
    assert (done.returncode, done.stderr[:10]) == (1, "备份包里没有密钥:请")
    assert list(elsewhere["data"].iterdir()) == []


def test_a_package_whose_numbers_could_not_be_opened_is_refused(hall, run, tmp_path: Path, elsewhere):
    run("backup", "--to", str(tmp_path / "bare.tar.gz"))
    elsewhere["data"].mkdir()
    (tmp_path / "data" / "secrets").rename(elsewhere["data"] / "secrets")
    (elsewhere["data"] / "secrets" / "privacy.key").write_text("another-key-of-forty-characters-0123456789")
    done = run("restore", str(tmp_path / "bare.tar.gz"), **elsewhere)
    assert (done.returncode, done.stdout, "缺少打开证件号码和电话的密钥" in done.stderr) == (1, "", True)


def test_secrets_kept_elsewhere_open_the_package(hall, run, tmp_path: Path, elsewhere):
    run("backup", "--to", str(tmp_path / "bare.tar.gz"))
    elsewhere["data"].mkdir()
    (tmp_path / "data" / "secrets").rename(elsewhere["data"] / "secrets")
    done = run("restore", str(tmp_path / "bare.tar.gz"), **elsewhere)
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, WHOLE)


def test_a_changed_file_is_found_before_anything_is_restored(package: Path, run, elsewhere):
    files = members(package)
    rewrite(package, files | {"files/2026/notice.pdf": b"%PDF-1.7 another"})
    done = run("restore", str(package), **elsewhere)
    assert (done.returncode, done.stderr) == (1, "备份包里的 files/2026/notice.pdf 与清单不符(共 1 个文件),没有恢复任何数据\n")
    assert list(elsewhere["data"].iterdir()) == []


@pytest.mark.parametrize("name", ["../evil", "/etc/evil", "manage.py", "files/../../evil"])
def test_an_entry_that_does_not_belong_is_refused(package: Path, run, elsewhere, name: str):
    rewrite(package, members(package) | {name: b"x"})
    done = run("restore", str(package), **elsewhere)
    assert (done.returncode, done.stderr) == (1, f"备份包里有不该有的内容:{name}\n")


def test_a_package_cut_short_is_refused(package: Path, run, elsewhere):
    package.write_bytes(package.read_bytes()[:-2000])
    done = run("restore", str(package), **elsewhere)
    assert (done.returncode, done.stderr[:24]) == (1, "hall.tar.gz 不是完整的备份包(Compre"[:24])


def test_something_else_is_no_package(run, tmp_path: Path, elsewhere):
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8 not a package")
    assert run("restore", str(tmp_path / "photo.jpg"), **elsewhere).stderr.startswith("photo.jpg 不是完整的备份包")
    assert run("restore", str(tmp_path / "none"), **elsewhere).stderr == f"没有找到备份包 {tmp_path / 'none'}\n"
