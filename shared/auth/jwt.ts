export { createRemoteJWKSet, errors, jwtVerify, SignJWT } from "jose";
