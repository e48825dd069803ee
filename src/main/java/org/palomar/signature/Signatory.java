package org.palomar.signature;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/**
 * Whom a certificate is for.
 *
 * @param addresses from subjectAltName, and emailAddress of the subject
 */
record Signatory(String name, List<String> addresses, String issuer) {

    private static final int MAIL = 1;
    private static final String EMAIL_ADDRESS = "1.2.840.113549.1.9.1";
    private static final int LONGEST = 200;

    static Signatory of(X509Certificate certificate) {
        List<String> addresses = new ArrayList<>();
        try {
            @Nullable Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            for (List<?> name : names == null ? List.<List<?>>of() : names) {
                if (name.size() > 1
                        && Integer.valueOf(MAIL).equals(name.get(0))
                        && name.get(1) instanceof String mail) {
                    addresses.add(clean(mail));
                }
            }
        } catch (CertificateParsingException _) {
            // Then the subject has to say it.
        }
        String subject = first(certificate.getSubjectX500Principal(), "EMAILADDRESS");
        if (!subject.isEmpty()) {
            addresses.add(subject);
        }
        X500Principal issuer = certificate.getIssuerX500Principal();
        String organization = first(issuer, "O");
        return new Signatory(
                first(certificate.getSubjectX500Principal(), "CN"),
                addresses,
                organization.isEmpty() ? first(issuer, "CN") : organization);
    }

    boolean isFor(String address) {
        return addresses.stream().anyMatch(address::equalsIgnoreCase);
    }

    private static String first(X500Principal principal, String type) {
        try {
            String named = principal.getName(X500Principal.RFC1779, java.util.Map.of(EMAIL_ADDRESS, "EMAILADDRESS"));
            for (Rdn rdn : new LdapName(named).getRdns().reversed()) {
                if (rdn.getType().equalsIgnoreCase(type) && rdn.getValue() instanceof String value) {
                    return clean(value);
                }
            }
        } catch (InvalidNameException | IllegalArgumentException _) {
            // A name that cannot be read names nobody.
        }
        return "";
    }

    private static String clean(String text) {
        StringBuilder clean = new StringBuilder();
        text.codePoints()
                .filter(c -> !Character.isISOControl(c) && Character.getType(c) != Character.FORMAT)
                .limit(LONGEST)
                .forEach(clean::appendCodePoint);
        return clean.toString().strip();
    }
}
