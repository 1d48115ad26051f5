import socket
from contextlib import closing

import pytest

from incidentmap.model import BadValue
from incidentmap.walks.serve import PortTaken, check_port


def test_a_free_port_is_fine_and_a_taken_one_is_named() -> None:
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        taken.listen()
        with pytest.raises(PortTaken, match=rf"Port {port} is taken.*--port \d+ is free \(make run PORT=\d+\)"):
            check_port(port)
    check_port(port)


@pytest.mark.parametrize("port", [0, -1, 65536])
def test_a_number_that_is_no_port_is_refused(port: int) -> None:
    with pytest.raises(BadValue, match="1 to 65535"):
        check_port(port)
