export { createRemoteJWKSet, decodeJwt, errors, jwtVerify, SignJWT } from "jose";
