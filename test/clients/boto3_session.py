"""Plays a session of operations with boto3: the endpoint and the keys come from the environment, nothing else is set."""
import base64
import json
import sys

import boto3
from botocore import xform_name

known = {}
clients = {}


def filled(value):
    if isinstance(value, str) and value.startswith("${"):
        return known[value[2:-1]]
    if isinstance(value, dict) and "$bytes" in value:
        return value["$bytes"].encode()
    if isinstance(value, dict):
        return {name: filled(member) for name, member in value.items()}
    return [filled(item) for item in value] if isinstance(value, list) else value


def at(answer, path):
    for name in path.split("."):
        answer = answer[int(name)] if isinstance(answer, list) else answer.get(name)
    return answer


ran, wrong = set(), []
for step in json.load(open(sys.argv[1])):
    service, operation = step["service"], step["operation"]
    client = clients.setdefault(service, boto3.client(service))
    method = getattr(client, xform_name(operation), None)
    if method is None:
        continue  # an older boto3
    try:
        answer = method(**filled(step["input"]))
    except Exception as error:
        wrong.append(f"{service} {operation}: {error}")
        continue
    ran.add((service, operation))
    for name, path in step.get("save", {}).items():
        known[name] = at(answer, path)
    for path, expected in step.get("expect", {}).items():
        if at(answer, path) != filled(expected):
            wrong.append(f"{service} {operation}: {path} is {at(answer, path)}")
print(json.dumps({"operations": len(ran), "wrong": wrong}))
