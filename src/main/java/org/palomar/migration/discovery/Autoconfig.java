package org.palomar.migration.discovery;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.palomar.migration.Kind;
import org.palomar.migration.Security;

/** Reads what Mozilla's autoconfiguration files say of incoming servers. A stranger wrote them. */
final class Autoconfig {

    private static final int MOST = 10;

    private String kind = "";
    private String host = "";
    private int port;
    private Security security = Security.TLS;
    private String username = "";
    private boolean unencrypted;

    private Autoconfig() {}

    /**
     * The servers with encryption, as they stand there; none where it is no such file.
     *
     * @param address for the placeholders
     */
    static List<Found> read(byte[] xml, String address) {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        List<Found> found = new ArrayList<>();
        try {
            XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(xml));
            Autoconfig server = null;
            while (reader.hasNext() && found.size() < MOST) {
                int event = reader.next();
                if (event == XMLStreamConstants.START_ELEMENT) {
                    String name = reader.getLocalName();
                    if (name.equals("incomingServer")) {
                        server = new Autoconfig();
                        server.kind = String.valueOf(reader.getAttributeValue(null, "type"));
                    } else if (server != null) {
                        server.take(name, reader.getElementText().strip(), address);
                    }
                } else if (event == XMLStreamConstants.END_ELEMENT
                        && reader.getLocalName().equals("incomingServer")
                        && server != null) {
                    server.addTo(found);
                    server = null;
                }
            }
        } catch (XMLStreamException | IllegalArgumentException _) {
            // What was read before it broke may still be right.
        }
        return found;
    }

    private void take(String name, String text, String address) {
        switch (name) {
            case "hostname" -> host = filled(text, address).toLowerCase(Locale.ROOT);
            case "port" -> port = text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
            case "socketType" -> {
                security = text.equalsIgnoreCase("STARTTLS") ? Security.STARTTLS : Security.TLS;
                unencrypted = text.equalsIgnoreCase("plain");
            }
            case "username" -> username = filled(text, address);
            default -> {
                // Nothing that is needed.
            }
        }
    }

    private static String filled(String text, String address) {
        int at = address.lastIndexOf('@');
        return text.replace("%EMAILADDRESS%", address)
                .replace("%EMAILLOCALPART%", address.substring(0, at))
                .replace("%EMAILDOMAIN%", address.substring(at + 1));
    }

    private void addTo(List<Found> found) {
        boolean known = kind.equals("pop3") || kind.equals("imap");
        boolean good = known && !unencrypted && port > 0 && port <= 65_535 && !host.isEmpty() && host.length() <= 253;
        if (good) {
            found.add(new Found(
                    kind.equals("pop3") ? Kind.POP3 : Kind.IMAP,
                    host,
                    port,
                    security,
                    username.length() > 320 ? "" : username,
                    false));
        }
    }
}
