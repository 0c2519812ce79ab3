export { compactDecrypt, CompactEncrypt, errors } from "jose";
