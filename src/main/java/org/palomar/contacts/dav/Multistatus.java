package org.palomar.contacts.dav;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * An answer about several resources (RFC 4918 section 13). No document type, no entities, bounded depth: a server is not to be
 * believed.
 *
 * @param token of the state it tells (RFC 6578), or empty
 * @param more whether the server left some out (RFC 6578 section 3.6)
 */
record Multistatus(List<Item> items, String token, boolean more) {

    static final String DAV = "DAV:";
    static final String CARD = "urn:ietf:params:xml:ns:carddav";

    private static final int MOST = 200_000;

    Multistatus {
        items = List.copyOf(items);
    }

    /**
     * @param href as written
     * @param status of it as a whole, or 200
     * @param props those that were found
     */
    record Item(String href, int status, @Nullable Element props) {

        /** The text of a property, or empty. */
        String text(String namespace, String name) {
            Element property = property(namespace, name);
            return property == null ? "" : property.getTextContent().strip();
        }

        /** The path that a property names, or empty. */
        String href(String namespace, String name) {
            Element property = property(namespace, name);
            Element inner = property == null ? null : child(property, DAV, "href");
            return inner == null ? "" : inner.getTextContent().strip();
        }

        boolean isType(String namespace, String name) {
            Element types = property(DAV, "resourcetype");
            return types != null && child(types, namespace, name) != null;
        }

        private @Nullable Element property(String namespace, String name) {
            return props == null ? null : child(props, namespace, name);
        }
    }

    /** @throws DavException when it is none */
    static Multistatus of(byte[] body) throws DavException {
        try {
            Element root = builder().parse(new ByteArrayInputStream(body)).getDocumentElement();
            if (!is(root, DAV, "multistatus")) {
                throw new DavException(DavException.Reason.ODD, 207);
            }
            List<Item> items = new ArrayList<>();
            boolean more = false;
            String token = "";
            for (Element each : children(root)) {
                if (is(each, DAV, "sync-token")) {
                    token = each.getTextContent().strip();
                } else if (is(each, DAV, "response") && items.size() < MOST) {
                    Item item = item(each);
                    more |= item.status == 507;
                    items.add(item);
                }
            }
            return new Multistatus(items, token, more);
        } catch (SAXException | IOException | ParserConfigurationException e) {
            throw new DavException(DavException.Reason.ODD, 207);
        }
    }

    private static Item item(Element response) {
        Element href = child(response, DAV, "href");
        Element status = child(response, DAV, "status");
        Element props = null;
        for (Element each : children(response)) {
            if (is(each, DAV, "propstat")) {
                Element its = child(each, DAV, "status");
                if (its == null || code(its) / 100 == 2) {
                    props = child(each, DAV, "prop");
                }
            }
        }
        return new Item(href == null ? "" : href.getTextContent().strip(), status == null ? 200 : code(status), props);
    }

    private static int code(Element status) {
        String[] words = status.getTextContent().strip().split(" ", 3);
        return words.length > 1 && words[1].matches("[1-5][0-9][0-9]") ? Integer.parseInt(words[1]) : 0;
    }

    private static DocumentBuilder builder() throws ParserConfigurationException {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        factory.setFeature("http://xml.org/sax/features/external-general-entities", false);
        factory.setFeature("http://xml.org/sax/features/external-parameter-entities", false);
        factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
        factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
        factory.setAttribute("jdk.xml.maxElementDepth", "40");
        factory.setXIncludeAware(false);
        factory.setExpandEntityReferences(false);
        DocumentBuilder builder = factory.newDocumentBuilder();
        // Its own handler writes to the console.
        builder.setErrorHandler(new DefaultHandler());
        return builder;
    }

    private static @Nullable Element child(Element parent, String namespace, String name) {
        return children(parent).stream()
                .filter(each -> is(each, namespace, name))
                .findFirst()
                .orElse(null);
    }

    private static List<Element> children(Element parent) {
        List<Element> children = new ArrayList<>();
        for (Node each = parent.getFirstChild(); each != null; each = each.getNextSibling()) {
            if (each instanceof Element element) {
                children.add(element);
            }
        }
        return children;
    }

    private static boolean is(Element element, String namespace, String name) {
        return namespace.equals(element.getNamespaceURI()) && name.equals(element.getLocalName());
    }
}
