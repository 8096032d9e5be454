package dev.wane.bench;

import java.util.List;

/** A named set of comparisons. */
interface Benchmark {
    String name();

    List<Row> run();
}
