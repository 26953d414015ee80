"""Follows a credit through the mock's control surface, with nothing but the standard library."""

import json
import sys
import urllib.error
import urllib.request

server = sys.argv[1]
customer = "ctm_00000000000000000000000001"
control = f"{server}/_mock/customers/{customer}"


def send(method, url, body=None, headers={}):
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data=data, method=method, headers=headers)
    try:
        with urllib.request.urlopen(request) as response:
            text = response.read()
            return response.status, json.loads(text) if text else None
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)


def show(event):
    url = f"{server}/customers/{customer}/credit-balances"
    status, body = send("GET", url, headers={"Authorization": "Bearer test"})
    totals = [entry["balance"] for entry in body["data"]] if status == 200 else body["error"]["code"]
    print(json.dumps([event, status, totals]))


usd = lambda amount: {"currency_code": "USD", "amount": amount}

send("POST", f"{control}/credits", usd("10000"))
show("credited")
_, invoice = send("POST", f"{control}/invoices", usd("3000"))
show("billed")
send("POST", f"{server}/_mock/invoices/{invoice['id']}/cancel")
show("canceled")
_, invoice = send("POST", f"{control}/invoices", usd("3000"))
send("POST", f"{server}/_mock/invoices/{invoice['id']}/complete")
show("completed")
send("POST", f"{control}/charges", usd("500"))
show("charged")
status, problem = send("POST", f"{server}/_mock/invoices/{invoice['id']}/cancel")
print(json.dumps(["canceled again", status, problem["title"]]))
send("PUT", f"{control}/credit-balances", {"EUR": {"available": "7"}})
show("set")
send("DELETE", f"{control}/credit-balances")
show("deleted")
send("POST", f"{server}/_mock/reset")
show("reset")
