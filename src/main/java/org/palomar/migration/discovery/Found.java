package org.palomar.migration.discovery;

import org.palomar.migration.Kind;
import org.palomar.migration.Security;

/**
 * A server that seems to have somebody's mail. Nothing is sent to it before the person has seen its name.
 *
 * @param foreign whether it belongs to another domain than the address, as with a provider's
 */
public record Found(Kind kind, String host, int port, Security security, String username, boolean foreign) {}
