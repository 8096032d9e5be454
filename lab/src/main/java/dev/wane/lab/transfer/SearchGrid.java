package dev.wane.lab.transfer;

import java.util.List;

/**
 * The λ that a search looks at, as places on the experiment's lattice.
 *
 * @param places all of them, in order; a best λ at their edge is looked for beyond it
 * @param start those that are trained first; the others only on the way to the best
 */
record SearchGrid(List<Integer> places, List<Integer> start) {
    private static final int SMALLEST_BRACKET = 3;

    SearchGrid {
        places = List.copyOf(places);
        start = List.copyOf(start);
    }

    /** A quick search begins with the two λ in the middle and walks downhill; a full one trains every λ. */
    static SearchGrid of(List<Integer> places, boolean quick) {
        int middle = places.size() / 2;
        return new SearchGrid(
                places, quick && places.size() > SMALLEST_BRACKET ? places.subList(middle - 1, middle + 1) : places);
    }

    /** Those that a search is expected to train: the start, and at least as many as a minimum needs. */
    List<Integer> expected() {
        return start.size() < SMALLEST_BRACKET ? places.subList(0, SMALLEST_BRACKET) : start;
    }
}
