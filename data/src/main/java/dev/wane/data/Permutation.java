package dev.wane.data;

import java.util.SplittableRandom;

/** Fisher–Yates shuffles from a seed. */
final class Permutation {
    private Permutation() {}

    static int[] of(int size, long seed) {
        int[] order = new int[size];
        for (int i = 0; i < size; i++) {
            order[i] = i;
        }
        shuffle(order, seed);
        return order;
    }

    static void shuffle(int[] items, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = items.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = items[i];
            items[i] = items[j];
            items[j] = swapped;
        }
    }
}
