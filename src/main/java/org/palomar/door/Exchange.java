package org.palomar.door;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.HttpHostConnectException;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/** One request to one address. */
final class Exchange implements AutoCloseable {

    private static final byte[] NOTHING = {};

    private static final ContentType FORM = ContentType.create("application/x-www-form-urlencoded");

    private final CloseableHttpClient client;

    Exchange(SSLContext trust) {
        Http1Config caps = Http1Config.custom()
                .setMaxHeaderCount(100)
                .setMaxLineLength(8_192)
                .setMaxEmptyLineCount(4)
                .build();
        this.client = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                                .http1Config(caps)
                                .build())
                        .setTlsSocketStrategy(new DefaultClientTlsStrategy(trust))
                        .setDnsResolver(new NoResolver())
                        .setMaxConnTotal(256)
                        .setMaxConnPerRoute(16)
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(Timeout.ofSeconds(5))
                                .setSocketTimeout(Timeout.ofSeconds(10))
                                .setTimeToLive(TimeValue.ofSeconds(30))
                                .setValidateAfterInactivity(TimeValue.ofMilliseconds(200))
                                .build())
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setProtocolUpgradeEnabled(false)
                        .setConnectionRequestTimeout(Timeout.ofSeconds(5))
                        .build())
                .setUserAgent("Palomar")
                .disableAuthCaching()
                .disableAutomaticRetries()
                .disableConnectionState()
                .disableContentCompression()
                .disableCookieManagement()
                .disableRedirectHandling()
                .evictExpiredConnections()
                .build();
    }

    /** No connection was made, so that another address of the host can be tried. */
    static final class NoConnection extends IOException {
        NoConnection(IOException cause) {
            super(cause);
        }
    }

    /**
     * Asks one address for one URL. The name goes into the request and the handshake, and the certificate has to be for it.
     *
     * @throws NoConnection when there is no connection
     * @throws IOException when there is no answer that fits the terms
     */
    Answer ask(Target target, InetAddress address, Call call) throws IOException {
        return open(target, address, request(target, call), call, response -> answer(response, call.terms()));
    }

    /** Takes out of a response what is wanted of it. */
    @FunctionalInterface
    interface Reading<T> {
        T of(ClassicHttpResponse response) throws IOException;
    }

    /** As {@link #ask}, for any request. */
    <T> T open(Target target, InetAddress address, HttpUriRequestBase request, Call call, Reading<T> reading)
            throws IOException {
        HttpHost host = new HttpHost(target.secure() ? "https" : "http", address, target.host(), target.port());
        call.begin(request);
        boolean whole = false;
        try (ClassicHttpResponse response = client.executeOpen(host, request, null)) {
            try {
                T read = reading.of(response);
                whole = response.getCode() / 100 != 3;
                return read;
            } finally {
                if (!whole) {
                    // Closing a response reads the rest of it, however long that is.
                    request.cancel();
                }
            }
        } catch (HttpHostConnectException | ConnectTimeoutException e) {
            throw new NoConnection(e);
        }
    }

    private static HttpUriRequestBase request(Target target, Call call) {
        byte @Nullable [] form = call.form();
        HttpUriRequestBase request;
        if (form == null) {
            request = new HttpGet("/");
        } else {
            request = new HttpPost("/");
            request.setEntity(new ByteArrayEntity(form, FORM));
        }
        request.setPath(target.path());
        request.setHeader("Accept", call.terms().accept());
        request.setHeader("Accept-Encoding", "identity");
        return request;
    }

    private static Answer answer(ClassicHttpResponse response, Terms terms) throws IOException {
        Header location = response.getFirstHeader("Location");
        if (location != null && response.getCode() / 100 == 3) {
            return new Answer(response.getCode(), location.getValue(), NOTHING);
        }
        return new Answer(response.getCode(), null, body(response, terms));
    }

    /** The whole body; an error when it is too long or compressed. */
    static byte[] body(ClassicHttpResponse response, Terms terms) throws IOException {
        Header encoding = response.getFirstHeader("Content-Encoding");
        if (encoding != null && !encoding.getValue().strip().equalsIgnoreCase("identity")) {
            throw new IOException("compressed, which was not asked for");
        }
        HttpEntity entity = response.getEntity();
        if (entity == null) {
            return NOTHING;
        }
        if (entity.getContentLength() > terms.octets()) {
            throw new IOException("too long");
        }
        // Not closed here: that would read the rest of a body that is too long.
        InputStream in = entity.getContent();
        byte[] body = in.readNBytes(terms.octets());
        if (body.length == terms.octets() && in.read() >= 0) {
            throw new IOException("too long");
        }
        return body;
    }

    @Override
    public void close() {
        client.close(CloseMode.IMMEDIATE);
    }

    /** Every host comes with its checked address: nothing is looked up a second time. */
    private static final class NoResolver extends SystemDefaultDnsResolver {
        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            throw new UnknownHostException(host);
        }

        @Override
        public String resolveCanonicalHostname(String host) throws UnknownHostException {
            throw new UnknownHostException(host);
        }
    }
}
