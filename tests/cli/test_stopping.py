"""A process that is told to stop hears it at any moment, also in the middle of a wait."""

import subprocess
import sys

SCRIPT = """
import os, random, signal, threading
from incidentmap.cli.stopping import told_to_stop

random.seed(1)
for how in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP) * 100:
    with told_to_stop() as stopped:
        assert not stopped.is_set() and not stopped.wait(0)
        threading.Timer(random.uniform(0, 0.004), os.kill, (os.getpid(), how)).start()
        while not stopped.wait(0):
            pass
        assert stopped.is_set() and stopped.wait(60)
print("heard")
"""


def test_every_signal_is_heard_and_no_wait_waits_for_itself() -> None:
    done = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "heard\n", "")
