"""The `shouwen` command itself: help, unknown words, a database that is not there."""

from __future__ import annotations

import subprocess
import sys

import pytest

from shouwen.cli import COMMANDS, main, usage

ADD = '{"op": "add", "start": "2026-09-18", "n": 1}\n'
ANSWER = '{"date": "2026-09-20", "provisional": false}\n'


def test_without_a_word_it_lists_every_command(capsys):
    assert main([]) == 0
    listed = [line.split()[0] for line in capsys.readouterr().out.splitlines() if line.startswith("  ")]
    assert listed == list(COMMANDS)


def test_an_unknown_command_is_refused_with_the_list(capsys):
    assert main(["fly"]) == 2
    assert capsys.readouterr().err == f"没有“fly”这个命令。\n\n{usage()}\n"


def test_a_wrong_option_says_so_in_chinese(run):
    done = run("eval")
    assert (done.returncode, done.stderr.splitlines()[-1]) == (2, "参数不对:缺少 workdays|clock|punches|scoring|queue")


def test_a_missing_database_says_what_to_run(run):
    done = run("verify")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "数据库还没有建立。真实使用请先运行 shouwen init;想先看看请运行 shouwen demo。\n"


def test_eval_answers_in_order_and_goes_on_after_a_bad_row(run, tmp_path):
    done = run("eval", "workdays", stdin=f"{ADD}x\n\n{ADD}")
    assert (done.returncode, done.stdout) == (1, f'{ANSWER}{{"error": "这一行不是可读的 JSON"}}\n{ANSWER}')
    assert not (tmp_path / "data").exists()


def test_eval_answers_each_row_before_the_next_is_asked(environment):
    command = [sys.executable, "-m", "shouwen", "eval", "workdays"]
    with subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as asked:
        for _ in range(3):
            asked.stdin.write(ADD)
            asked.stdin.flush()
            assert asked.stdout.readline() == ANSWER
        asked.stdin.close()
        assert asked.wait(timeout=30) == 0


def test_eval_never_loads_django_settings():
    program = "import sys; sys.stdin = open('/dev/null'); from shouwen.cli import main; main(['eval', 'workdays']); print('shouwen.settings' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.stdout == "False\n"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("serve", "--port", "abc"), "参数不对:--port: 端口应是 1 至 65535 的整数:abc"),
        (("serve", "--port", "99999"), "参数不对:--port: 端口应是 1 至 65535 的整数:99999"),
        (("serve", "--workers", "x"), "参数不对:--workers: 应是整数: 'x'"),
    ],
)
def test_a_number_that_is_none_is_refused_in_words(run, words, told):
    done = run(*words)
    assert (done.returncode, done.stderr.splitlines()[-1]) == (2, told)


def test_a_port_in_the_environment_that_is_none_is_refused_in_words(environment):
    command = [sys.executable, "-m", "shouwen", "serve"]
    done = subprocess.run(command, env=environment | {"PORT": "八千"}, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr.splitlines()[-1]) == (2, "参数不对:--port: 端口应是 1 至 65535 的整数:八千")


def test_an_impossible_or_reversed_stretch_of_days_is_refused(cast, capsys):
    with pytest.raises(SystemExit):
        main(["nightly", "--from", "2026-02-31"])
    assert capsys.readouterr().err.splitlines()[-1] == "参数不对:--from: 日期应写作 2026-10-01 的样子,且存在:2026-02-31"
    assert main(["nightly", "--from", "2026-12-01", "--to", "2026-01-01"]) == 1
    assert capsys.readouterr().err == "起止日期颠倒:2026-12-01 至 2026-01-01\n"


def test_a_setting_that_is_no_number_is_refused_in_words(environment):
    command = [sys.executable, "-m", "shouwen", "verify"]
    done = subprocess.run(
        command, env=environment | {"SHOUWEN_SESSION_HOURS": "eight"}, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (1, "设置 SHOUWEN_SESSION_HOURS 应是整数:eight\n")
