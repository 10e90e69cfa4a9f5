"""
An identity provider made of pysaml2, xmlsec1 and cryptography, which nobody of this project wrote.

Reads one JSON object a line from its input and writes one a line: what was asked for, or `{"error": ...}`.
Its clock is the system's: pysaml2 has no other.
"""

import base64
import json
import os
import re
import sys
import zlib
from urllib.parse import parse_qs, urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from saml2 import (
    BINDING_HTTP_POST,
    BINDING_HTTP_REDIRECT,
    ExtensionElement,
    class_name,
    saml,
    samlp,
    xmldsig,
    xmlenc,
)
from saml2.config import IdPConfig
from saml2.metadata import entity_descriptor, sign_entity_descriptor
from saml2.server import Server
from saml2.sigver import (
    pre_encrypt_assertion,
    pre_encryption_part,
    pre_signature_part,
    security_context,
    signed_instance_factory,
)
from saml2.xml.schema import schema_saml_metadata, schema_saml_protocol

AKDB = "https://www.akdb.de/request/2018/09"
XENC11 = "http://www.w3.org/2009/xmlenc11#"
PSS = "http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1"
HASHES = {"sha1": hashes.SHA1, "sha256": hashes.SHA256, "sha512": hashes.SHA512}
DIGESTS = {
    "sha1": "http://www.w3.org/2000/09/xmldsig#sha1",
    "sha256": "http://www.w3.org/2001/04/xmlenc#sha256",
    "sha512": "http://www.w3.org/2001/04/xmlenc#sha512",
}


class Provider:
    def __init__(self, folder, entity_id, office):
        self.folder = folder
        self.office = office
        config = IdPConfig()
        config.load(
            {
                "entityid": entity_id,
                "xmlsec_binary": "/usr/bin/xmlsec1",
                "key_file": os.path.join(folder, "idp.key"),
                "cert_file": os.path.join(folder, "idp.crt"),
                "metadata": {"inline": [office]},
                "service": {
                    "idp": {
                        "endpoints": {
                            "single_sign_on_service": [
                                ("https://idp.example.org/sso", BINDING_HTTP_REDIRECT)
                            ]
                        },
                        "policy": {"default": {"lifetime": {"minutes": 5}}},
                    }
                },
            }
        )
        self.config = config
        self.server = Server(config=config)

    def metadata(self):
        described = entity_descriptor(self.config)
        context = security_context(self.config)
        signed, text = sign_entity_descriptor(
            described, None, context, sign_alg=xmldsig.SIG_RSA_SHA256, digest_alg=xmldsig.DIGEST_SHA256
        )
        schema_saml_metadata.validate(text)
        return text

    def read_metadata(self):
        """What pysaml2 and the schemas of SAML make of the office's metadata."""
        # The schemas have no elements of XML Encryption 1.1 and of the profile for algorithms; they stand where any may.
        known = re.sub(r"<xenc11:MGF [^>]*/>|<md:Extensions .*?</md:Extensions>", "", self.office)
        schema_saml_metadata.validate(known)
        store = self.server.metadata
        (name,) = store.keys()
        (endpoint,) = store.assertion_consumer_service(name, BINDING_HTTP_POST)
        return {
            "entityId": name,
            "acsUrl": endpoint["location"],
            "signing": len(store.certs(name, "spsso", "signing")),
            "encryption": len(store.certs(name, "spsso", "encryption")),
        }

    def read_request(self, url):
        """Checks the signature over the address as it came (SAML Bindings 3.4.4.1), then lets pysaml2 read it."""
        query = urlsplit(url).query
        fields = {name: values[0] for name, values in parse_qs(query).items()}
        if fields["SigAlg"] != PSS:
            raise ValueError("signed in another way")
        signed = query[: query.index("&Signature=")].encode()
        (name,) = self.server.metadata.keys()
        (certificate,) = self.server.metadata.certs(name, "spsso", "signing")
        body = "".join(certificate.split())
        key = x509.load_der_x509_certificate(base64.b64decode(body)).public_key()
        pss = padding.PSS(mgf=padding.MGF1(hashes.SHA256()), salt_length=hashes.SHA256.digest_size)
        key.verify(base64.b64decode(fields["Signature"]), signed, pss, hashes.SHA256())
        xml = zlib.decompress(base64.b64decode(fields["SAMLRequest"]), -15).decode()
        schema_saml_protocol.validate(xml)
        request = samlp.authn_request_from_string(xml)
        return {
            "id": request.id,
            "issuer": request.issuer.text,
            "acsUrl": request.assertion_consumer_service_url,
            "destination": request.destination,
            "forceAuthn": request.force_authn,
            "contexts": [one.text for one in request.requested_authn_context.authn_context_class_ref],
            "relay": fields.get("RelayState"),
        }

    def assertion(self, asked):
        response = self.server.create_authn_response(
            {},
            asked["inResponseTo"],
            asked["acsUrl"],
            list(self.server.metadata.keys())[0],
            name_id=saml.NameID(format=saml.NAMEID_FORMAT_TRANSIENT, text="somebody"),
            authn={"class_ref": asked["context"], "authn_auth": self.config.entityid},
            sign_response=False,
            sign_assertion=False,
            encrypt_assertion=False,
        )
        attributes = [
            saml.Attribute(
                name=name,
                name_format=saml.NAME_FORMAT_URI,
                attribute_value=[saml.AttributeValue(text=value)],
                extension_attributes={"{%s}TrustLevel" % AKDB: "HOCH"},
            )
            for name, value in asked["attributes"].items()
        ]
        assertion = response.assertion
        (restriction,) = assertion.conditions.audience_restriction
        restriction.audience = [saml.Audience(text=asked["audience"])]
        assertion.attribute_statement = [saml.AttributeStatement(attribute=attributes)]
        response.assertion = []
        return response, assertion

    def sign(self, instance, element, sign_alg, digest_alg):
        element.signature = pre_signature_part(
            element.id, self.server.sec.my_cert, 1, sign_alg=sign_alg, digest_alg=digest_alg
        )
        return signed_instance_factory(instance, self.server.sec, [(class_name(element), element.id)])

    def encrypt_by_xmlsec(self, response, assertion, certificate, asked):
        """The whole answer, its assertion encrypted by xmlsec1 as pysaml2 does it."""
        response.assertion = assertion
        if not isinstance(assertion, saml.Assertion):
            response.assertion = saml.assertion_from_string(assertion)
        tag = response.assertion._to_element_tree().tag
        response = pre_encrypt_assertion(response)
        if asked.get("selfContained", True):
            response = response.get_xml_string_with_self_contained_assertion_within_encrypted_assertion(tag)
        template = pre_encryption_part(msg_enc=asked.get("cipher", XENC11 + "aes256-gcm"))
        text = self.server.sec.encrypt_assertion(
            str(response), certificate, template, key_type=asked.get("session", "aes-256")
        )
        return samlp.response_from_string(text)

    def encrypt_by_hand(self, response, assertion, certificate, wrapping):
        """In ways that this xmlsec1 does not know; the elements are written by pysaml2."""
        with open(certificate, "rb") as file:
            public = x509.load_pem_x509_certificate(file.read()).public_key()
        session, iv = AESGCM.generate_key(256), os.urandom(12)
        content = iv + AESGCM(session).encrypt(iv, str(assertion).encode(), None)
        label = wrapping.get("label", "").encode() or None
        digest, mask = HASHES[wrapping["digest"]](), HASHES[wrapping["mask"]]()
        wrapped = public.encrypt(session, padding.OAEP(padding.MGF1(mask), digest, label))
        method = xmlenc.EncryptionMethod(algorithm=wrapping["algorithm"])
        method.add_extension_element(xmldsig.DigestMethod(algorithm=DIGESTS[wrapping["digest"]]))
        if wrapping["algorithm"].startswith(XENC11):
            element = ExtensionElement("MGF", namespace=XENC11)
            element.attributes["Algorithm"] = "%smgf1%s" % (XENC11, wrapping["mask"])
            method.extension_elements.append(element)
        if label:
            method.oae_pparams = xmlenc.OAEPparams(text=base64.b64encode(label).decode())
        key = xmlenc.EncryptedKey(
            id="the-key",
            encryption_method=method,
            key_info=xmldsig.KeyInfo(key_name=xmldsig.KeyName(text="amt")),
            cipher_data=cipher_data(wrapped),
        )
        inside = xmldsig.KeyInfo()
        if wrapping["place"] == "inside":
            inside.encrypted_key = key
        if wrapping["place"] == "referred":
            kind = "http://www.w3.org/2001/04/xmlenc#EncryptedKey"
            inside.retrieval_method = [xmldsig.RetrievalMethod(uri="#the-key", type=kind)]
        data = xmlenc.EncryptedData(
            id="the-data",
            type="http://www.w3.org/2001/04/xmlenc#Element",
            encryption_method=xmlenc.EncryptionMethod(algorithm=XENC11 + "aes256-gcm"),
            key_info=inside,
            cipher_data=cipher_data(content),
        )
        encrypted = saml.EncryptedAssertion(encrypted_data=data)
        if wrapping["place"] != "inside":
            reference = xmlenc.DataReference(uri="#the-data")
            key.reference_list = [xmlenc.ReferenceList(data_reference=[reference])]
            encrypted.encrypted_key = [key]
        response.encrypted_assertion = encrypted
        return response

    def answer(self, asked):
        response, assertion = self.assertion(asked)
        sign_alg = getattr(xmldsig, asked.get("signAlg", "SIG_RSA_SHA256"))
        digest_alg = getattr(xmldsig, asked.get("digestAlg", "DIGEST_SHA256"))
        if asked.get("signAssertion"):
            assertion = self.sign(assertion, assertion, sign_alg, digest_alg)
        certificate = os.path.join(self.folder, asked.get("encryptFor", "office.crt"))
        if "wrapping" in asked:
            response = self.encrypt_by_hand(response, assertion, certificate, asked["wrapping"])
        elif asked.get("encrypt", True):
            response = self.encrypt_by_xmlsec(response, assertion, certificate, asked)
        else:
            response.assertion = saml.assertion_from_string(str(assertion))
        if not asked.get("signResponse", True):
            return str(response)
        return str(self.sign(response, response, sign_alg, digest_alg))

    def refusal(self, asked):
        status = (asked["status"], "no")
        response = self.server.create_error_response(
            asked["inResponseTo"],
            asked["acsUrl"],
            status,
            sign=True,
            sign_alg=xmldsig.SIG_RSA_SHA256,
            digest_alg=xmldsig.DIGEST_SHA256,
        )
        return str(response)


def cipher_data(content):
    text = base64.encodebytes(content).decode()
    return xmlenc.CipherData(cipher_value=xmlenc.CipherValue(text=text))


def main():
    provider = None
    for line in sys.stdin:
        order = json.loads(line)
        try:
            if order["do"] == "open":
                provider = Provider(order["folder"], order["entityId"], order["office"])
                result = provider.metadata()
            else:
                result = getattr(provider, order["do"])(*order.get("with", []))
            told = {"result": result}
        except Exception as error:
            told = {"error": "%s: %s" % (type(error).__name__, error)}
        print(json.dumps(told), flush=True)


main()
