package org.palomar.mail;

/**
 * How full a quota root is (RFC 9208).
 *
 * @param used octets
 * @param limit octets, greater than 0
 */
public record Quota(String root, long used, long limit) {}
