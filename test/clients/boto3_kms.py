"""Calls every operation of KMS with boto3: the endpoint and the keys come from the environment, nothing else is set."""
import json
import subprocess
import tempfile

import boto3
from botocore import xform_name
from botocore.exceptions import ClientError

region, other = "eu-west-1", "eu-central-1"
clients = {name: boto3.client("kms", region_name=name) for name in (region, other)}
asked = set()


def call(operation, where=region, **members):
    asked.add(operation)
    return getattr(clients[where], xform_name(operation))(**members)


def refused(code, operation, **members):
    try:
        call(operation, **members)
    except ClientError as error:
        assert error.response["Error"]["Code"] == code, error
        return
    raise AssertionError(f"{operation} was not refused with {code}")


def new_key(**members):
    return call("CreateKey", **members)["KeyMetadata"]["KeyId"]


def wrapped(public_key, material):
    """As the documentation of ImportKeyMaterial wraps it, with OpenSSL."""
    command = "openssl pkeyutl -encrypt -pubin -keyform DER -inkey /dev/fd/{} -pkeyopt rsa_padding_mode:oaep"
    options = " -pkeyopt rsa_oaep_md:sha256 -pkeyopt rsa_mgf1_md:sha256"
    with tempfile.TemporaryFile() as file:
        file.write(public_key)
        file.flush()
        file.seek(0)
        line = (command + options).format(file.fileno()).split()
        return subprocess.run(line, input=material, stdout=subprocess.PIPE, check=True, pass_fds=[file.fileno()]).stdout


# A symmetric key, and its life.
key = new_key(Description="mine", Tags=[{"TagKey": "team", "TagValue": "red"}])
arn = call("DescribeKey", KeyId=key)["KeyMetadata"]["Arn"]
assert any(found["KeyId"] == key for found in call("ListKeys")["Keys"])
call("CreateAlias", AliasName="alias/app", TargetKeyId=key)
call("UpdateAlias", AliasName="alias/app", TargetKeyId=new_key())
assert call("ListAliases", KeyId=key)["Aliases"] == []
call("DeleteAlias", AliasName="alias/app")
call("UpdateKeyDescription", KeyId=key, Description="still mine")
call("TagResource", KeyId=key, Tags=[{"TagKey": "stage", "TagValue": "test"}])
call("UntagResource", KeyId=key, TagKeys=["team"])
assert call("ListResourceTags", KeyId=key)["Tags"] == [{"TagKey": "stage", "TagValue": "test"}]
policy = call("GetKeyPolicy", KeyId=key, PolicyName="default")["Policy"]
call("PutKeyPolicy", KeyId=key, PolicyName="default", Policy=policy)
assert call("ListKeyPolicies", KeyId=key)["PolicyNames"] == ["default"]
call("EnableKeyRotation", KeyId=key, RotationPeriodInDays=90)
assert call("GetKeyRotationStatus", KeyId=key)["KeyRotationEnabled"]
call("DisableKeyRotation", KeyId=key)

# What it does.
context = {"stage": "test"}
sealed = call("Encrypt", KeyId=key, Plaintext=b"hello", EncryptionContext=context)["CiphertextBlob"]
call("RotateKeyOnDemand", KeyId=key)
assert len(call("ListKeyRotations", KeyId=key)["Rotations"]) == 1
assert call("Decrypt", CiphertextBlob=sealed, EncryptionContext=context)["Plaintext"] == b"hello"
again = call("ReEncrypt", CiphertextBlob=sealed, SourceEncryptionContext=context, DestinationKeyId=key)
assert call("Decrypt", CiphertextBlob=again["CiphertextBlob"])["Plaintext"] == b"hello"
made = call("GenerateDataKey", KeyId=key, KeySpec="AES_256")
assert call("Decrypt", CiphertextBlob=made["CiphertextBlob"])["Plaintext"] == made["Plaintext"]
assert "Plaintext" not in call("GenerateDataKeyWithoutPlaintext", KeyId=key, NumberOfBytes=16)
assert len(call("GenerateRandom", NumberOfBytes=24)["Plaintext"]) == 24
pair = call("GenerateDataKeyPair", KeyId=key, KeyPairSpec="ECC_NIST_P256")
private = call("Decrypt", CiphertextBlob=pair["PrivateKeyCiphertextBlob"])["Plaintext"]
assert private == pair["PrivateKeyPlaintext"] and pair["PublicKey"][-64:] in private
sparse = call("GenerateDataKeyPairWithoutPlaintext", KeyId=key, KeyPairSpec="RSA_2048")
assert "PrivateKeyPlaintext" not in sparse and sparse["PublicKey"]
if hasattr(clients[region], "get_key_last_usage"):
    assert call("GetKeyLastUsage", KeyId=key)["KeyId"].endswith(key)

# Keys of other kinds.
signer = new_key(KeySpec="ECC_NIST_P384", KeyUsage="SIGN_VERIFY")
signing = {"KeyId": signer, "Message": b"a message", "SigningAlgorithm": "ECDSA_SHA_384"}
signature = call("Sign", **signing)["Signature"]
assert call("Verify", Signature=signature, **signing)["SignatureValid"]
refused("KMSInvalidSignatureException", "Verify", Signature=signature, **{**signing, "Message": b"another"})
authenticator = new_key(KeySpec="HMAC_256", KeyUsage="GENERATE_VERIFY_MAC")
authenticating = {"KeyId": authenticator, "Message": b"a message", "MacAlgorithm": "HMAC_SHA_256"}
mac = call("GenerateMac", **authenticating)["Mac"]
assert call("VerifyMac", Mac=mac, **authenticating)["MacValid"]
refused("KMSInvalidMacException", "VerifyMac", Mac=bytes(32), **authenticating)
ours, theirs = (new_key(KeySpec="ECC_NIST_P256", KeyUsage="KEY_AGREEMENT") for _ in range(2))
public = {found: call("GetPublicKey", KeyId=found)["PublicKey"] for found in (ours, theirs)}
shared = [
    call("DeriveSharedSecret", KeyId=mine, KeyAgreementAlgorithm="ECDH", PublicKey=public[yours])["SharedSecret"]
    for mine, yours in ((ours, theirs), (theirs, ours))
]
assert shared[0] == shared[1] and len(shared[0]) == 32

# Material from outside.
imported = new_key(Origin="EXTERNAL")
wanted = {"KeyId": imported, "WrappingAlgorithm": "RSAES_OAEP_SHA_256", "WrappingKeySpec": "RSA_2048"}


def bring(material):
    parameters = call("GetParametersForImport", **wanted)
    call(
        "ImportKeyMaterial",
        KeyId=imported,
        ImportToken=parameters["ImportToken"],
        EncryptedKeyMaterial=wrapped(parameters["PublicKey"], material),
        ExpirationModel="KEY_MATERIAL_DOES_NOT_EXPIRE",
    )


bring(bytes(range(32)))
kept = call("Encrypt", KeyId=imported, Plaintext=b"kept")["CiphertextBlob"]
call("DeleteImportedKeyMaterial", KeyId=imported)
refused("KMSInvalidStateException", "Decrypt", CiphertextBlob=kept)
bring(bytes(range(32)))
assert call("Decrypt", CiphertextBlob=kept)["Plaintext"] == b"kept"

# In several Regions.
many = new_key(MultiRegion=True)
call("ReplicateKey", KeyId=many, ReplicaRegion=other)
blob = call("Encrypt", KeyId=many, Plaintext=b"everywhere")["CiphertextBlob"]
assert call("Decrypt", where=other, CiphertextBlob=blob)["Plaintext"] == b"everywhere"
call("UpdatePrimaryRegion", KeyId=many, PrimaryRegion=other)
assert call("DescribeKey", KeyId=many)["KeyMetadata"]["MultiRegionConfiguration"]["MultiRegionKeyType"] == "REPLICA"

# Grants.
ann, bob = (f"arn:aws:iam::{arn.split(':')[4]}:user/{name}" for name in ("ann", "bob"))
grant = call("CreateGrant", KeyId=key, GranteePrincipal=ann, RetiringPrincipal=bob, Operations=["Decrypt"])
assert [found["GrantId"] for found in call("ListGrants", KeyId=key)["Grants"]] == [grant["GrantId"]]
assert [found["GrantId"] for found in call("ListRetirableGrants", RetiringPrincipal=bob)["Grants"]] == [grant["GrantId"]]
call("RetireGrant", GrantToken=grant["GrantToken"])
second = call("CreateGrant", KeyId=key, GranteePrincipal=ann, Operations=["Encrypt"])
call("RevokeGrant", KeyId=key, GrantId=second["GrantId"])
assert call("ListGrants", KeyId=key)["Grants"] == []

# Custom key stores: there are none, and none can be made.
assert call("DescribeCustomKeyStores")["CustomKeyStores"] == []
unsupported = "UnsupportedOperationException"
refused(unsupported, "CreateCustomKeyStore", CustomKeyStoreName="store")
for operation in ("ConnectCustomKeyStore", "DisconnectCustomKeyStore", "UpdateCustomKeyStore", "DeleteCustomKeyStore"):
    refused(unsupported, operation, CustomKeyStoreId="cks-1234567890abcdef0")

# Its end.
call("DisableKey", KeyId=key)
refused("DisabledException", "Encrypt", KeyId=key, Plaintext=b"x")
call("EnableKey", KeyId=key)
call("ScheduleKeyDeletion", KeyId=key, PendingWindowInDays=7)
call("CancelKeyDeletion", KeyId=key)

known = set(clients[region].meta.service_model.operation_names)
print(json.dumps({"asked": len(asked), "left out": sorted(known - asked), "unknown": sorted(asked - known)}))
