# usage: HTTPS_PROXY=$GATEWAY HTTP_PROXY=$GATEWAY REQUESTS_CA_BUNDLE=roots.pem TMPDIR=folder \
#     python3 exchangelib_discover.py pox|soap EMAIL PASSWORD DNS_ADDRESS DNS_PORT
# exchangelib goes through the steps of AutoDiscover. Prints what it found, or its error, and every URL that it tried.
import json
import logging
import sys

from exchangelib import Credentials
from exchangelib.autodiscover.discovery.base import BaseAutodiscovery
from exchangelib.autodiscover.discovery.pox import PoxAutodiscovery
from exchangelib.autodiscover.discovery.soap import SoapAutodiscovery

interface, email, password, dns_address, dns_port = sys.argv[1:]
BaseAutodiscovery.DNS_RESOLVER_KWARGS = {"configure": False}
BaseAutodiscovery.DNS_RESOLVER_ATTRS = {"nameservers": [dns_address], "port": int(dns_port), "timeout": 5}


class Tried(logging.Handler):
    urls = []

    def emit(self, record):
        if record.msg == "Attempting to get a valid response from %s":
            self.urls.append(record.args[0])


log = logging.getLogger(BaseAutodiscovery.__module__.rsplit(".", 1)[0])
log.setLevel(logging.DEBUG)
log.addHandler(Tried())

discovery = {"pox": PoxAutodiscovery, "soap": SoapAutodiscovery}[interface](email=email, credentials=Credentials(email, password))
report = {"ews": None, "address": None, "version": None, "error": None}
try:
    answer, protocol = discovery.discover()
    report["ews"] = protocol.service_endpoint
    report["address"] = answer.autodiscover_smtp_address
    report["version"] = str(answer.version.build) if answer.version else None
except Exception as error:
    report["error"] = type(error).__name__
report["tried"] = Tried.urls
print(json.dumps(report))
