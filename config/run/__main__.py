"""Start everything, say where to go, and stop everything: `python -m config.run [--port 8123]`."""

import argparse
import os
import signal
import sys
from contextlib import ExitStack

from config.embedded.attach import leave, services
from config.environment import LOCAL
from config.run.alone import AlreadyRunning, alone
from config.run.announce import announce
from config.run.leftovers import end_leftovers
from config.run.ports import PortTaken, choose_port
from config.run.processes import environment, house
from config.run.steps import Failed, bring_front_end, compile_languages, prepare_database
from config.run.supervisor import Supervisor
from config.run.watching import embedded as embedded_services
from config.run.watching import look_after


def main() -> int:
    """Run until Ctrl-C, SIGTERM or the death of a process of the house. 0 if stopped on request."""
    arguments = argparse.ArgumentParser(prog="make run")
    arguments.add_argument("--port", type=int, help="where the web is served (8000, or another if it is taken)")
    signal.signal(signal.SIGTERM, leave)
    try:
        with ExitStack() as leaving:
            LOCAL.mkdir(mode=0o755, exist_ok=True)
            leaving.enter_context(alone(LOCAL / "run.lock"))
            return run(choose_port(arguments.parse_args().port), leaving)
    except (AlreadyRunning, PortTaken, Failed, RuntimeError) as problem:
        print(problem, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 0
    except SystemExit as stopped:
        return 0 if stopped.code == 128 + signal.SIGTERM else 1


def run(port: int, leaving: ExitStack) -> int:
    """Prepare, start, announce, wait."""
    ours = embedded_services()
    embedded = "DATABASE_URL" in ours
    end_leftovers(LOCAL / "run")
    bring_front_end()
    compile_languages()
    leaving.enter_context(services("house"))
    os.environ.update(environment(port, demonstration=embedded))
    people = prepare_database(demonstration=embedded)
    supervisor = Supervisor(house(), LOCAL / "run", lost=lambda: look_after(ours))
    return supervisor.run(ready=lambda: announce(port, people, demonstration=embedded))


if __name__ == "__main__":
    sys.exit(main())
