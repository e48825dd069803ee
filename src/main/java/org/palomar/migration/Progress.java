package org.palomar.migration;

/**
 * How far a run is.
 *
 * @param total messages of it, octets of which are {@code totalOctets} or -1
 * @param present were brought here before
 * @param skipped could not be brought
 * @param verified of those copied, were read back and are the same
 * @param removed from the old server
 */
public record Progress(
        long total,
        long totalOctets,
        long copied,
        long copiedOctets,
        long present,
        long skipped,
        long verified,
        long removed) {

    public static final Progress NONE = new Progress(0, 0, 0, 0, 0, 0, 0, 0);

    /** Messages whose fate is known. */
    public long settled() {
        return copied + present + skipped;
    }

    /** From 0 to 100; 99 while anything is left. */
    public int percent() {
        return total == 0 ? 0 : (int) Math.min(settled() >= total ? 100 : 99, settled() * 100 / total);
    }
}
