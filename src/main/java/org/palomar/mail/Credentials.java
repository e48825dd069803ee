package org.palomar.mail;

/**
 * What a person signs in with.
 *
 * @param username 1 to 320 characters without controls
 * @param password 1 to 1,024 characters without CR, LF or NUL
 */
public record Credentials(String username, String password) {

    public Credentials {
        if (username.isBlank() || username.length() > 320 || username.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("a user name has 1 to 320 printable characters");
        }
        if (password.isEmpty()
                || password.length() > 1_024
                || password.chars().anyMatch(c -> c == '\r' || c == '\n' || c == 0)) {
            throw new IllegalArgumentException("a password has 1 to 1,024 characters and no line breaks");
        }
    }

    @Override
    public String toString() {
        return "Credentials[" + username.length() + " characters]";
    }
}
