"""The `shouwen` command itself: help, unknown words, a database that is not there."""

from __future__ import annotations

import subprocess
import sys

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
    assert (done.returncode, done.stderr.splitlines()[-1]) == (2, "参数不对:缺少 workdays|punches|scoring")


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
