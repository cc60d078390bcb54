"""Calls every operation of KMS that botocore's own model names: each answers with the members that are documented, or
with the documented error. The endpoint and the keys come from the environment, nothing else is set. The mathematics here
are Python's own, so that what the vault signs, wraps and agrees on is proved by somebody else."""
import hashlib
import hmac
import json
import os

import boto3
from botocore import xform_name
from botocore.exceptions import ClientError

kms = boto3.client("kms")
model = kms.meta.service_model
left, wrong = set(model.operation_names), []


def known(shape):
    return set(shape.members) if shape else set()


def call(operation, members, **given):
    """Calls one operation; its answer must have just these members, as far as an older botocore knows them."""
    if operation not in model.operation_names:
        return {}
    left.discard(operation)
    shapes = model.operation_model(operation)
    asked = {name: value for name, value in given.items() if name in known(shapes.input_shape)}
    answer = getattr(kms, xform_name(operation))(**asked)
    answer.pop("ResponseMetadata")
    wanted = set(members.split()) & known(shapes.output_shape)
    if set(answer) != wanted:
        wrong.append(f"{operation} answers with {sorted(answer)}")
    return answer


def refused(operation, code, **given):
    """Calls one operation, which must end with this error."""
    if operation not in model.operation_names:
        return
    left.discard(operation)
    try:
        getattr(kms, xform_name(operation))(**given)
        wrong.append(f"{operation} is not refused with {code}")
    except ClientError as error:
        if error.response["Error"]["Code"] != code:
            wrong.append(f"{operation}: {error}")


def holds(what, is_so):
    if not is_so:
        wrong.append(what)


def new_key(**given):
    return call("CreateKey", "KeyMetadata", **given)["KeyMetadata"]["KeyId"]


def rsa_numbers(spki):
    """Modulus and exponent of an RSA key in SubjectPublicKeyInfo: the only two INTEGERs of its last SEQUENCE."""

    def element(data):
        length, at = data[1], 2
        if length & 0x80:
            at, length = 2 + (length & 0x7F), int.from_bytes(data[2 : 2 + (length & 0x7F)], "big")
        return data[at : at + length], data[at + length :]

    _, bits = element(element(spki)[0])
    modulus, rest = element(element(element(bits)[0][1:])[0])
    return int.from_bytes(modulus, "big"), int.from_bytes(element(rest)[0], "big")


def mask(seed, length):
    parts = (hashlib.sha256(seed + counter.to_bytes(4, "big")).digest() for counter in range(length // 32 + 1))
    return b"".join(parts)[:length]


def xor(one, other):
    return bytes(a ^ b for a, b in zip(one, other))


def wrapped(spki, material):
    """RSAES-OAEP with SHA-256 (RFC 8017, 7.1.1)."""
    modulus, exponent = rsa_numbers(spki)
    size = (modulus.bit_length() + 7) // 8
    block = hashlib.sha256().digest() + bytes(size - len(material) - 66) + b"\x01" + material
    seed = os.urandom(32)
    block = xor(block, mask(seed, len(block)))
    encoded = b"\x00" + xor(seed, mask(block, 32)) + block
    return pow(int.from_bytes(encoded, "big"), exponent, modulus).to_bytes(size, "big")


def signs(spki, signature, message):
    """RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8017, 8.2.2)."""
    modulus, exponent = rsa_numbers(spki)
    size = (modulus.bit_length() + 7) // 8
    info = bytes.fromhex("3031300d060960864801650304020105000420") + hashlib.sha256(message).digest()
    encoded = b"\x00\x01" + b"\xff" * (size - len(info) - 3) + b"\x00" + info
    return pow(int.from_bytes(signature, "big"), exponent, modulus) == int.from_bytes(encoded, "big")


def keys():
    key = new_key(Description="one", Tags=[{"TagKey": "a", "TagValue": "b"}])
    call("DescribeKey", "KeyMetadata", KeyId=key)
    call("ListKeys", "Keys Truncated")
    call("UpdateKeyDescription", "", KeyId=key, Description="two")
    call("CreateAlias", "", AliasName="alias/one", TargetKeyId=key)
    call("UpdateAlias", "", AliasName="alias/one", TargetKeyId=new_key())
    call("ListAliases", "Aliases Truncated")
    call("DeleteAlias", "", AliasName="alias/one")
    call("TagResource", "", KeyId=key, Tags=[{"TagKey": "c", "TagValue": "d"}])
    call("UntagResource", "", KeyId=key, TagKeys=["a"])
    tags = call("ListResourceTags", "Tags Truncated", KeyId=key).get("Tags")
    holds(f"tags are {tags}", tags == [{"TagKey": "c", "TagValue": "d"}])
    policy = call("GetKeyPolicy", "Policy PolicyName", KeyId=key, PolicyName="default")["Policy"]
    call("PutKeyPolicy", "", KeyId=key, PolicyName="default", Policy=policy)
    call("ListKeyPolicies", "PolicyNames Truncated", KeyId=key)
    return key


def life(key):
    call("DisableKey", "", KeyId=key)
    refused("Encrypt", "DisabledException", KeyId=key, Plaintext=b"x")
    call("EnableKey", "", KeyId=key)
    call("EnableKeyRotation", "", KeyId=key)
    status = "KeyRotationEnabled KeyId RotationPeriodInDays NextRotationDate"
    call("GetKeyRotationStatus", status, KeyId=key)
    call("RotateKeyOnDemand", "KeyId", KeyId=key)
    call("ListKeyRotations", "Rotations Truncated", KeyId=key)
    call("DisableKeyRotation", "", KeyId=key)
    call("ScheduleKeyDeletion", "KeyId DeletionDate KeyState PendingWindowInDays", KeyId=key, PendingWindowInDays=7)
    call("CancelKeyDeletion", "KeyId", KeyId=key)
    call("EnableKey", "", KeyId=key)


def encryption(key):
    context = {"team": "red"}
    encrypted = call(
        "Encrypt", "CiphertextBlob KeyId EncryptionAlgorithm", KeyId=key, Plaintext=b"secret", EncryptionContext=context
    )["CiphertextBlob"]
    again = call(
        "ReEncrypt",
        "CiphertextBlob SourceKeyId KeyId SourceEncryptionAlgorithm DestinationEncryptionAlgorithm"
        " SourceKeyMaterialId DestinationKeyMaterialId",
        CiphertextBlob=encrypted,
        SourceEncryptionContext=context,
        DestinationKeyId=key,
    )["CiphertextBlob"]
    decrypted = "KeyId Plaintext EncryptionAlgorithm KeyMaterialId"
    holds("ReEncrypt", call("Decrypt", decrypted, CiphertextBlob=again)["Plaintext"] == b"secret")
    refused("Decrypt", "InvalidCiphertextException", CiphertextBlob=encrypted)
    made = "CiphertextBlob KeyId KeyMaterialId"
    data = call("GenerateDataKey", f"Plaintext {made}", KeyId=key, KeySpec="AES_256")
    holds("GenerateDataKey", call("Decrypt", decrypted, CiphertextBlob=data["CiphertextBlob"])["Plaintext"] == data["Plaintext"])
    call("GenerateDataKeyWithoutPlaintext", made, KeyId=key, NumberOfBytes=64)
    pair_made = "PrivateKeyCiphertextBlob PublicKey KeyId KeyPairSpec KeyMaterialId"
    pair = call("GenerateDataKeyPair", f"PrivateKeyPlaintext {pair_made}", KeyId=key, KeyPairSpec="ECC_NIST_P256")
    opened = call("Decrypt", decrypted, CiphertextBlob=pair["PrivateKeyCiphertextBlob"])
    holds("GenerateDataKeyPair", opened["Plaintext"] == pair["PrivateKeyPlaintext"])
    call("GenerateDataKeyPairWithoutPlaintext", pair_made, KeyId=key, KeyPairSpec="RSA_2048")
    holds("GenerateRandom", len(call("GenerateRandom", "Plaintext", NumberOfBytes=32)["Plaintext"]) == 32)
    call("GetKeyLastUsage", "KeyId KeyLastUsage TrackingStartDate KeyCreationDate", KeyId=key)


public = "KeyId PublicKey CustomerMasterKeySpec KeySpec KeyUsage"


def signatures():
    algorithm, message = "RSASSA_PKCS1_V1_5_SHA_256", os.urandom(100)
    signing = {"KeyId": new_key(KeySpec="RSA_2048", KeyUsage="SIGN_VERIFY"), "SigningAlgorithm": algorithm}
    signature = call("Sign", "KeyId Signature SigningAlgorithm", Message=message, **signing)["Signature"]
    spki = call("GetPublicKey", f"{public} SigningAlgorithms", KeyId=signing["KeyId"])["PublicKey"]
    holds("Sign", signs(spki, signature, message))
    call("Verify", "KeyId SignatureValid SigningAlgorithm", Message=message, Signature=signature, **signing)
    refused("Verify", "KMSInvalidSignatureException", Message=b"other", Signature=signature, **signing)


def codes():
    key = new_key(KeySpec="HMAC_256", KeyUsage="GENERATE_VERIFY_MAC")
    coding = {"KeyId": key, "Message": b"message", "MacAlgorithm": "HMAC_SHA_256"}
    mac = call("GenerateMac", "Mac MacAlgorithm KeyId", **coding)["Mac"]
    call("VerifyMac", "KeyId MacValid MacAlgorithm", Mac=mac, **coding)
    refused("VerifyMac", "KMSInvalidMacException", Mac=bytes(32), **coding)


def agreement():
    pair = [new_key(KeySpec="ECC_NIST_P256", KeyUsage="KEY_AGREEMENT") for _ in range(2)]
    points = [call("GetPublicKey", f"{public} KeyAgreementAlgorithms", KeyId=key)["PublicKey"] for key in pair]
    derived = "KeyId SharedSecret KeyAgreementAlgorithm KeyOrigin"
    secrets = {
        call("DeriveSharedSecret", derived, KeyId=key, PublicKey=point, KeyAgreementAlgorithm="ECDH")["SharedSecret"]
        for key, point in zip(pair, reversed(points))
    }
    holds("DeriveSharedSecret", len(secrets) == 1)


def imports():
    """A code under an imported material is one that whoever imported it can make."""
    key = new_key(Origin="EXTERNAL", KeySpec="HMAC_256", KeyUsage="GENERATE_VERIFY_MAC")
    parameters = call(
        "GetParametersForImport",
        "KeyId ImportToken PublicKey ParametersValidTo",
        KeyId=key,
        WrappingAlgorithm="RSAES_OAEP_SHA_256",
        WrappingKeySpec="RSA_2048",
    )
    material = os.urandom(32)
    imported = {
        **{"KeyId": key, "ImportToken": parameters["ImportToken"], "ExpirationModel": "KEY_MATERIAL_DOES_NOT_EXPIRE"},
        "EncryptedKeyMaterial": wrapped(parameters["PublicKey"], material),
    }
    call("ImportKeyMaterial", "KeyId", **imported)
    coding = {"KeyId": key, "Message": b"message", "MacAlgorithm": "HMAC_SHA_256"}
    mac = call("GenerateMac", "Mac MacAlgorithm KeyId", **coding)["Mac"]
    holds("ImportKeyMaterial", mac == hmac.new(material, b"message", "sha256").digest())
    call("DeleteImportedKeyMaterial", "KeyId", KeyId=key)
    refused("GenerateMac", "KMSInvalidStateException", **coding)


def regions():
    key, there = new_key(MultiRegion=True), "eu-central-1"
    call("ReplicateKey", "ReplicaKeyMetadata ReplicaPolicy ReplicaTags", KeyId=key, ReplicaRegion=there)
    encrypted = kms.encrypt(KeyId=key, Plaintext=b"near")["CiphertextBlob"]
    holds("ReplicateKey", boto3.client("kms", region_name=there).decrypt(CiphertextBlob=encrypted)["Plaintext"] == b"near")
    call("UpdatePrimaryRegion", "", KeyId=key, PrimaryRegion=there)


def grants(key):
    principal = f"arn:aws:iam::{boto3.client('sts').get_caller_identity()['Account']}:role/reader"
    granted = {"KeyId": key, "GranteePrincipal": principal, "RetiringPrincipal": principal, "Operations": ["Decrypt"]}
    first, second = [call("CreateGrant", "GrantId GrantToken", **granted) for _ in range(2)]
    call("DescribeKey", "KeyMetadata", KeyId=key, GrantTokens=[first["GrantToken"]])
    refused("DescribeKey", "InvalidGrantTokenException", KeyId=key, GrantTokens=["none"])
    grant = call("ListGrants", "Grants Truncated", KeyId=key, GrantId=first["GrantId"])["Grants"][0]
    holds(f"the grant is {grant}", grant["GranteePrincipal"] == principal and grant["Operations"] == ["Decrypt"])
    retirable = call("ListRetirableGrants", "Grants Truncated", RetiringPrincipal=principal)["Grants"]
    holds("ListRetirableGrants", len(retirable) == 2)
    call("RetireGrant", "", GrantToken=first["GrantToken"])
    call("RevokeGrant", "", KeyId=key, GrantId=second["GrantId"])
    refused("RevokeGrant", "NotFoundException", KeyId=key, GrantId=second["GrantId"])


def custom_key_stores():
    call("DescribeCustomKeyStores", "CustomKeyStores Truncated")
    refused("DescribeCustomKeyStores", "CustomKeyStoreNotFoundException", CustomKeyStoreId="cks-1")
    refused("CreateCustomKeyStore", "UnsupportedOperationException", CustomKeyStoreName="one")
    for verb in ("Connect", "Disconnect", "Update", "Delete"):
        refused(f"{verb}CustomKeyStore", "UnsupportedOperationException", CustomKeyStoreId="cks-1")


one = keys()
life(one)
encryption(one)
grants(one)
for session in (signatures, codes, agreement, imports, regions, custom_key_stores):
    session()
print(json.dumps({"left": sorted(left), "wrong": wrong, "known": len(model.operation_names)}))
