package org.palomar.account;

import java.io.Serializable;
import java.security.Principal;

/**
 * The person a request belongs to: the only source of identity.
 *
 * @param username as typed at sign-in and accepted by the mail server
 * @param key random name of the person's mail session in this process; not the HTTP session's id, which changes
 */
public record SignedIn(String username, String key) implements Principal, Serializable {

    @Override
    public String getName() {
        return username;
    }

    /** The address to write from: the user name where it is one, else the user name at {@code domain}. */
    public String address(String domain) {
        return username.contains("@") || domain.isEmpty() ? username : username + "@" + domain;
    }
}
