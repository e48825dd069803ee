package org.palomar.signature;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Who is trusted to vouch for certificates. Revocation is not asked about: that would tell strangers who reads what. */
record Authorities(Set<TrustAnchor> anchors) {

    private static final String EMAIL_PROTECTION = "1.3.6.1.5.5.7.3.4";
    private static final String ANY_PURPOSE = "2.5.29.37.0";
    private static final int LONGEST_CHAIN = 5;

    Authorities {
        anchors = Set.copyOf(anchors);
    }

    /**
     * Those of the JDK and those of a file.
     *
     * @param more certificates in PEM, or null
     * @throws IllegalStateException when the file cannot be used
     */
    static Authorities load(@Nullable Path more) {
        Set<TrustAnchor> anchors = new HashSet<>();
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((KeyStore) null);
            for (TrustManager manager : factory.getTrustManagers()) {
                if (manager instanceof X509TrustManager known) {
                    for (X509Certificate issuer : known.getAcceptedIssuers()) {
                        anchors.add(new TrustAnchor(issuer, null));
                    }
                }
            }
            if (more != null) {
                try (InputStream in = Files.newInputStream(more)) {
                    for (Certificate issuer :
                            CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                        anchors.add(new TrustAnchor((X509Certificate) issuer, null));
                    }
                }
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the authorities for signed mail cannot be read", e);
        } catch (IOException e) {
            throw new UncheckedIOException("the file at palomar.signature.trust cannot be read", e);
        }
        return new Authorities(anchors);
    }

    /**
     * Whether one of them vouches for a certificate that signs mail.
     *
     * @param others what may lie between
     * @param when the certificates have to be valid
     */
    boolean vouchFor(X509Certificate signer, Collection<X509Certificate> others, Instant when) {
        if (anchors.isEmpty() || !signsMail(signer)) {
            return false;
        }
        try {
            X509CertSelector target = new X509CertSelector();
            target.setCertificate(signer);
            PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, target);
            parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(others)));
            parameters.setRevocationEnabled(false);
            parameters.setMaxPathLength(LONGEST_CHAIN);
            parameters.setDate(Date.from(when));
            CertPathBuilder.getInstance("PKIX").build(parameters);
            return true;
        } catch (GeneralSecurityException _) {
            return false;
        }
    }

    private static boolean signsMail(X509Certificate signer) {
        boolean @Nullable [] usage = signer.getKeyUsage();
        try {
            @Nullable List<String> purposes = signer.getExtendedKeyUsage();
            return (usage == null || usage[0] || usage[1])
                    && (purposes == null || purposes.contains(EMAIL_PROTECTION) || purposes.contains(ANY_PURPOSE));
        } catch (GeneralSecurityException _) {
            return false;
        }
    }
}
