"""usage: json_probe.py HOST. Connects ten times, and prints one JSON document with what went wrong, each thing once."""

import json
import sys

import requests

host, problems = sys.argv[1], []
for attempt in range(10):
    try:
        requests.get(f"https://{host}/", timeout=20)
    except requests.exceptions.SSLError as error:
        problems.append(str(error).split("failed: ")[-1].split(" (_ssl")[0])
    except requests.exceptions.ConnectionError:
        problems.append("no connection")

json.dump({"host": host, "failed": len(problems), "problems": sorted(set(problems))}, sys.stdout)
