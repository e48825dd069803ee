package org.palomar.signature;

import java.io.IOException;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.Time;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.jspecify.annotations.Nullable;

/** CMS signed-data (RFC 5652 section 5). Any octets may be given; whatever is wrong with them becomes {@link Unreadable}. */
final class SignedData {

    private static final int MOST_SIGNERS = 5;
    private static final int MOST_CERTIFICATES = 20;

    /** Digests that cannot be forged today, by identifier. */
    private static final Map<String, String> DIGESTS = Map.of(
            "2.16.840.1.101.3.4.2.1", "SHA-256",
            "2.16.840.1.101.3.4.2.2", "SHA-384",
            "2.16.840.1.101.3.4.2.3", "SHA-512",
            "2.16.840.1.101.3.4.2.4", "SHA-224");

    private final CMSSignedData data;
    private final byte[] encoded;

    private SignedData(CMSSignedData data, byte[] encoded) {
        this.data = data;
        this.encoded = encoded;
    }

    /** It is no signed-data, or more of it than anybody needs. */
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1;
    }

    /** @param date when it says that it was signed, or null */
    record Signer(
            @Nullable X509Certificate certificate,
            boolean intact,
            @Nullable Instant date) {}

    static SignedData read(byte[] encoded) throws Unreadable {
        try {
            CMSSignedData data = new CMSSignedData(encoded);
            int signers = data.getSignerInfos().size();
            if (signers == 0 || signers > MOST_SIGNERS) {
                throw new Unreadable();
            }
            return new SignedData(data, encoded);
        } catch (CMSException | RuntimeException | StackOverflowError _) {
            throw new Unreadable();
        }
    }

    /** The content that lies in it, for a signature that is not detached. */
    Optional<byte[]> content() {
        return data.getSignedContent() != null && data.getSignedContent().getContent() instanceof byte[] content
                ? Optional.of(content)
                : Optional.empty();
    }

    /** Whether a signer uses a digest that can be forged. */
    boolean isWeak() {
        return data.getSignerInfos().getSigners().stream()
                .anyMatch(signer -> !DIGESTS.containsKey(signer.getDigestAlgOID()));
    }

    List<X509Certificate> certificates() {
        List<X509Certificate> certificates = new ArrayList<>();
        for (X509CertificateHolder holder : data.getCertificates().getMatches(null)) {
            X509Certificate certificate = certificates.size() < MOST_CERTIFICATES ? converted(holder) : null;
            if (certificate != null) {
                certificates.add(certificate);
            }
        }
        return certificates;
    }

    /**
     * Compares with content, whatever content lies in it.
     *
     * @param content writes the octets that were signed; in constant memory
     */
    List<Signer> check(Consumer<OutputStream> content) throws Unreadable {
        try {
            Map<ASN1ObjectIdentifier, byte[]> digests = digests(content);
            CMSSignedData compared = new CMSSignedData(digests, encoded);
            List<Signer> signers = new ArrayList<>();
            for (SignerInformation signer : compared.getSignerInfos().getSigners()) {
                signers.add(check(compared, signer));
            }
            return signers;
        } catch (CMSException | GeneralSecurityException e) {
            throw new Unreadable();
        }
    }

    private Map<ASN1ObjectIdentifier, byte[]> digests(Consumer<OutputStream> content) throws GeneralSecurityException {
        Map<ASN1ObjectIdentifier, MessageDigest> running = new HashMap<>();
        for (AlgorithmIdentifier algorithm : data.getDigestAlgorithmIDs()) {
            String name = DIGESTS.get(algorithm.getAlgorithm().getId());
            if (name != null) {
                running.put(algorithm.getAlgorithm(), MessageDigest.getInstance(name));
            }
        }
        for (SignerInformation signer : data.getSignerInfos().getSigners()) {
            String name = DIGESTS.get(signer.getDigestAlgOID());
            if (name != null) {
                running.putIfAbsent(signer.getDigestAlgorithmID().getAlgorithm(), MessageDigest.getInstance(name));
            }
        }
        content.accept(new OutputStream() {
            @Override
            public void write(int octet) {
                running.values().forEach(digest -> digest.update((byte) octet));
            }

            @Override
            public void write(byte[] octets, int from, int count) {
                running.values().forEach(digest -> digest.update(octets, from, count));
            }
        });
        Map<ASN1ObjectIdentifier, byte[]> digests = new HashMap<>();
        running.forEach((algorithm, digest) -> digests.put(algorithm, digest.digest()));
        return digests;
    }

    @SuppressWarnings("unchecked")
    private static Signer check(CMSSignedData compared, SignerInformation signer) {
        Collection<X509CertificateHolder> matches = compared.getCertificates().getMatches(signer.getSID());
        X509CertificateHolder holder = matches.stream().findFirst().orElse(null);
        X509Certificate certificate = holder == null ? null : converted(holder);
        Instant date = date(signer.getSignedAttributes());
        if (certificate == null) {
            return new Signer(null, false, date);
        }
        try {
            // Of the certificate only the key counts here; whether it was valid is for the authorities.
            var verifier = new JcaSimpleSignerInfoVerifierBuilder().build(certificate.getPublicKey());
            return new Signer(certificate, signer.verify(verifier), date);
        } catch (CMSException | OperatorCreationException | RuntimeException _) {
            return new Signer(certificate, false, date);
        }
    }

    private static @Nullable Instant date(@Nullable AttributeTable attributes) {
        Attribute time = attributes == null ? null : attributes.get(CMSAttributes.signingTime);
        try {
            return time == null || time.getAttrValues().size() == 0
                    ? null
                    : Time.getInstance(time.getAttrValues().getObjectAt(0))
                            .getDate()
                            .toInstant();
        } catch (RuntimeException _) {
            return null;
        }
    }

    private static @Nullable X509Certificate converted(X509CertificateHolder holder) {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new java.io.ByteArrayInputStream(holder.getEncoded()));
        } catch (GeneralSecurityException | IOException _) {
            return null;
        }
    }
}
