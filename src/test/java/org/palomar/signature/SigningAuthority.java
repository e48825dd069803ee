package org.palomar.signature;

import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.Time;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.DefaultSignedAttributeTableGenerator;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/** Issues certificates and signs with them, as other people's mail programs would. */
final class SigningAuthority {

    private final KeyPair keys = keys();
    private final X500Name name;
    private final X509Certificate certificate;

    SigningAuthority(String organization) throws Exception {
        name = new X500NameBuilder()
                .addRDN(BCStyle.O, organization)
                .addRDN(BCStyle.CN, organization + " Root")
                .build();
        var builder = builder(name, keys);
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
        certificate = issue(builder);
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2_048);
            return generator.generateKeyPair();
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private JcaX509v3CertificateBuilder builder(X500Name subject, KeyPair of) {
        Instant now = Instant.now();
        return new JcaX509v3CertificateBuilder(
                name,
                BigInteger.valueOf(System.nanoTime()),
                Date.from(now.minusSeconds(10 * 86_400)),
                Date.from(now.plusSeconds(86_400)),
                subject,
                of.getPublic());
    }

    private X509Certificate issue(JcaX509v3CertificateBuilder builder) throws Exception {
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withRSA").build(keys.getPrivate())));
    }

    String pem() throws Exception {
        StringWriter pem = new StringWriter();
        pem.write("-----BEGIN CERTIFICATE-----\n");
        pem.write(Base64.getMimeEncoder().encodeToString(certificate.getEncoded()));
        pem.write("\n-----END CERTIFICATE-----\n");
        return pem.toString();
    }

    /** @param enclosed whether the content lies in the result */
    byte[] sign(String content, String person, String address, Instant when, boolean enclosed) throws Exception {
        return sign(content, person, address, when, enclosed, KeyPurposeId.id_kp_emailProtection);
    }

    /** With a certificate that is for web servers. */
    byte[] signForServers(String content, String address, Instant when) throws Exception {
        return sign(content, "server", address, when, false, KeyPurposeId.id_kp_serverAuth);
    }

    private byte[] sign(String content, String person, String address, Instant when, boolean enclosed, KeyPurposeId use)
            throws Exception {
        KeyPair own = keys();
        var builder = builder(new X500NameBuilder().addRDN(BCStyle.CN, person).build(), own);
        builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(use));
        builder.addExtension(
                Extension.subjectAlternativeName,
                false,
                new GeneralNames(new GeneralName(GeneralName.rfc822Name, address)));
        X509Certificate issued = issue(builder);
        ASN1EncodableVector attributes = new ASN1EncodableVector();
        attributes.add(new Attribute(CMSAttributes.signingTime, new DERSet(new Time(Date.from(when)))));
        CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
        generator.addSignerInfoGenerator(new JcaSignerInfoGeneratorBuilder(
                        new JcaDigestCalculatorProviderBuilder().build())
                .setSignedAttributeGenerator(new DefaultSignedAttributeTableGenerator(new AttributeTable(attributes)))
                .build(new JcaContentSignerBuilder("SHA256withRSA").build(own.getPrivate()), issued));
        generator.addCertificates(new JcaCertStore(List.of(issued)));
        return generator
                .generate(new CMSProcessableByteArray(content.getBytes(StandardCharsets.UTF_8)), enclosed)
                .getEncoded();
    }
}
