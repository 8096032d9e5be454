package dev.wane.formats;

import dev.wane.recipe.BatchParts;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what a batch is made of: {@code microBatchSize}, {@code accumulation} and {@code replicas}. */
final class BatchPartsReader {
    private static final List<String> COUNTS = List.of("accumulation", "replicas");

    private BatchPartsReader() {}

    /**
     * Null where only the batch itself is given, or something is wrong.
     *
     * @param batchSize the batch itself, where that is given too
     */
    static @Nullable BatchParts read(Fields fields, @Nullable Double batchSize) {
        List<String> given = Stream.concat(Stream.of("microBatchSize"), COUNTS.stream())
                .filter(fields::has)
                .toList();
        if (given.isEmpty()) {
            return null;
        }
        Double micro = fields.number("microBatchSize", NumberRule.POSITIVE);
        Long accumulation = fields.integer("accumulation", 1, Long.MAX_VALUE);
        Long replicas = fields.integer("replicas", 1, Long.MAX_VALUE);
        if (!fields.has("microBatchSize")) {
            fields.problem(
                    given.getFirst(), given.getFirst() + " needs microBatchSize, the batch of one device and pass");
        }
        if (micro == null) {
            return null;
        }
        BatchParts parts =
                new BatchParts(micro, accumulation == null ? 1 : accumulation, replicas == null ? 1 : replicas);
        return agrees(fields, batchSize, parts) ? parts : null;
    }

    private static boolean agrees(Fields fields, @Nullable Double batch, BatchParts parts) {
        if (batch == null || batch == parts.batchSize()) {
            return true;
        }
        fields.problem(
                "batchSize",
                "batchSize " + batch + " is not microBatchSize " + parts.microBatchSize() + " · accumulation "
                        + parts.accumulation() + " · replicas " + parts.replicas() + " = " + parts.batchSize());
        return false;
    }
}
