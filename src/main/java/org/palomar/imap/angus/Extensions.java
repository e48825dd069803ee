package org.palomar.imap.angus;

import java.util.Set;

/** Names of IMAP extensions. */
final class Extensions {

    /** What IMAP4rev2 took in (RFC 9051 appendix E). */
    static final Set<String> IN_REV2 = Set.of(
            "NAMESPACE",
            "UNSELECT",
            "UIDPLUS",
            "ESEARCH",
            "ENABLE",
            "IDLE",
            "SASL-IR",
            "LIST-EXTENDED",
            "LIST-STATUS",
            "MOVE",
            "SPECIAL-USE");

    private Extensions() {}
}
