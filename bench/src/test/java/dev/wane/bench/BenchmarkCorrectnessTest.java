package dev.wane.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wane.engine.Examples;
import dev.wane.engine.Torch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BenchmarkCorrectnessTest {
    @Test
    void theBareLoopLearns() {
        Torch.useThreads(1);
        Examples examples = TrainingLoopBenchmark.examples();
        BareLoop loop = new BareLoop(examples.inputs(), examples.labels());

        double first = loop.train(1, 400);

        assertThat(loop.train(100, 400)).isLessThan(0.5 * first);
    }

    @Test
    void sidesRunInTurnAfterOneUncountedRound() {
        AtomicInteger ours = new AtomicInteger();
        AtomicInteger theirs = new AtomicInteger();

        Row row = new HeadToHead("x", 1, 3)
                .run(
                        new HeadToHead.Side("a", ours::incrementAndGet),
                        new HeadToHead.Side("b", theirs::incrementAndGet));

        assertThat(ours).hasValue(4);
        assertThat(theirs).hasValue(4);
        assertThat(row.json())
                .containsKeys(
                        "case",
                        "threads",
                        "candidate",
                        "reference",
                        "candidateSeconds",
                        "referenceSeconds",
                        "ratio",
                        "rounds");
        assertThat(HeadToHead.median(new double[] {3, 1, 2, 10})).isEqualTo(2.5);
    }
}
