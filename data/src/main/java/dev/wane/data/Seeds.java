package dev.wane.data;

import java.nio.charset.StandardCharsets;

/**
 * Random streams derived from (seed, name, index): each use of randomness has its own, so that none depends on how often
 * another was drawn.
 */
public final class Seeds {
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private Seeds() {}

    /** The seed of the stream (seed, name, index): FNV-1a of the name, mixed with both numbers by SplitMix64. */
    public static long derive(long seed, String name, long index) {
        long hash = FNV_OFFSET;
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xff)) * FNV_PRIME;
        }
        return mix(mix(mix(seed) ^ hash) ^ index);
    }

    private static long mix(long value) {
        long z = value + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
