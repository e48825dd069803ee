package org.palomar.remote;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.palomar.door.Answer;
import org.palomar.door.ClosedException;
import org.palomar.door.Door;
import org.palomar.door.Terms;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Pictures fetched for people, kept for a while. The same one asked for twice at once is fetched once. Safe for use by many threads.
 */
@Component
final class Pictures implements DisposableBean {

    private static final Duration KEPT = Duration.ofHours(1);

    /** How long it is remembered that there was none. */
    private static final Duration MISSED = Duration.ofMinutes(1);

    private static final long WIDEST = 16_384;

    private final Door door;
    private final RemoteProperties properties;
    private final Terms terms;
    private final AsyncCache<String, Picture> recent;
    private final Cache<String, AtomicInteger> fetched = Caffeine.newBuilder()
            .expireAfterWrite(Duration.ofMinutes(1))
            .maximumSize(100_000)
            .build();
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();

    Pictures(Door door, RemoteProperties properties) {
        this.door = door;
        this.properties = properties;
        this.terms = new Terms(
                true,
                (int) properties.size().toBytes(),
                properties.time(),
                "image/avif,image/webp,image/png,image/jpeg,image/gif");
        this.recent = Caffeine.newBuilder()
                .maximumWeight(properties.cache().toBytes())
                .weigher((String url, Picture picture) -> 200 + url.length() + picture.octets().length)
                .expireAfter(Expiry.<String, Picture>writing((_, picture) -> picture.none() ? MISSED : KEPT))
                .buildAsync();
    }

    /** What is passed on; {@link #NONE} when there is nothing that may be. */
    static final class Picture {

        private static final Picture NONE = new Picture("", new byte[0]);

        private final String mediaType;
        private final byte[] octets;

        Picture(String mediaType, byte[] octets) {
            this.mediaType = mediaType;
            this.octets = octets;
        }

        String mediaType() {
            return mediaType;
        }

        byte[] octets() {
            return octets;
        }

        boolean none() {
            return octets.length == 0;
        }
    }

    /** Somebody asks for more than anybody reads. */
    static final class TooMany extends Exception {}

    /**
     * The picture at a URL; waits for it.
     *
     * @throws TooMany when it would have to be fetched and the person had too many fetched in the last minute
     */
    Picture get(PictureUrls.Asked asked) throws TooMany {
        CompletableFuture<Picture> known = recent.getIfPresent(asked.url());
        if (known != null) {
            return known.join();
        }
        int count = fetched.get(asked.person(), _ -> new AtomicInteger()).incrementAndGet();
        if (count > properties.perMinute()) {
            throw new TooMany();
        }
        return recent.get(asked.url(), (url, _) -> CompletableFuture.supplyAsync(() -> fetch(url), workers))
                .join();
    }

    private Picture fetch(String url) {
        try {
            Answer answer = door.get(url, terms);
            Raster raster = answer.status() == 200 ? Raster.of(answer.body()) : null;
            return raster != null && raster.fits(WIDEST, properties.pixels())
                    ? new Picture(raster.mediaType(), answer.body())
                    : Picture.NONE;
        } catch (ClosedException _) {
            return Picture.NONE;
        }
    }

    @Override
    public void destroy() {
        workers.shutdownNow();
    }
}
