"""How much memory twenty seats in browsers take, and how far behind the exercise they are.

Each seat is a web socket to a server of its own process, as a browser opens it. A message to everyone is written to
the exercise; the delay of a seat is the time until the server sends it something that holds the message.

Run: python -m benchmarks.seats [SEATS]
"""

import asyncio
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import aiohttp

from resilience.exercise.keeping.links import Links
from resilience.exercise.session import Session

CITY, SCENARIO = "utrecht", "zwart-scherm"
PORT = 8977
MESSAGES = 5
ORIGIN = f"http://127.0.0.1:{PORT}"


def resident_mb(pid: int) -> float:
    """Return the memory of a process that it shares with no other, plus its part of what is shared, in megabytes."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def children(pid: int) -> list[int]:
    """Return the processes that *pid* started."""
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()]


async def follow(http: aiohttp.ClientSession, token: str, seen: dict[str, list[float]]) -> None:
    """Open a seat, and note when each marked message reaches it."""
    url = f"{ORIGIN}/s/{token}/ws?width=140&height=40"
    async with http.ws_connect(url, headers={"Origin": ORIGIN}) as tab:
        seen["open"].append(time.monotonic())
        got: set[str] = set()
        async for message in tab:
            if message.type is not aiohttp.WSMsgType.BINARY:
                continue
            for number in range(MESSAGES):
                mark = f"MARK{number}"
                if mark not in got and mark.encode() in message.data:
                    got.add(mark)
                    seen[mark].append(time.monotonic())
            if len(got) == MESSAGES:
                return


async def measure(exercise: Path, server: int, seats: int, session: Session) -> None:
    """Open *seats*, send messages, print memory and delays."""
    tokens = [token for key, token in Links(exercise).tokens().items() if key.startswith("cell/")]
    seen: dict[str, list[float]] = {"open": [], **{f"MARK{number}": [] for number in range(MESSAGES)}}
    async with aiohttp.ClientSession() as http:
        began = time.monotonic()
        tabs = [asyncio.create_task(follow(http, tokens[place % len(tokens)], seen)) for place in range(seats)]
        while len(children(server)) < seats:  # noqa: ASYNC110 - processes tell nobody that they are there
            await asyncio.sleep(0.2)
        delays: list[float] = []
        for number in range(MESSAGES):
            mark = f"MARK{number}"
            sent = time.monotonic()
            session.message(mark)
            while len(seen[mark]) < seats:
                session.tick()
                await asyncio.sleep(0.02)
            late = [moment - sent for moment in seen[mark]]
            if number == 0:
                print(
                    f"all {seats} seats show the first message {max(seen[mark]) - began:.1f} s after they were opened"
                )
                memory = [resident_mb(child) for child in children(server)]
                print(f"memory: server {resident_mb(server):.0f} MB, seats {sum(memory):.0f} MB in all")
                print(f"        per seat {statistics.mean(memory):.0f} MB")
            else:
                delays += late
            await asyncio.sleep(2)
        print(f"delay: median {statistics.median(delays):.2f} s, longest {max(delays):.2f} s")
        await asyncio.gather(*tabs)


def main() -> None:
    """Serve an exercise, measure, and stop."""
    seats = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    with tempfile.TemporaryDirectory() as folder:
        exercise = Path(folder) / "a.exercise"
        session = Session.create(exercise, CITY, SCENARIO)
        session.start()
        command = [sys.executable, "-m", "resilience", "exercise", "serve", str(exercise), "--port", str(PORT)]
        server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)  # noqa: S603 - our own
        assert server.stderr is not None
        server.stderr.readline()
        time.sleep(1)
        try:
            asyncio.run(measure(exercise, server.pid, seats, session))
        finally:
            server.terminate()
            server.wait()
            session.close()


if __name__ == "__main__":
    main()
