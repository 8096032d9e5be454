package dev.wane.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wane.explain.Explanation;
import dev.wane.framework.Registry;
import dev.wane.schedule.Schedule;
import java.util.List;
import org.junit.jupiter.api.Test;

class StartTest {
    /** Two factors that each keep r of themselves keep r² of their product: multiplied out step by step. */
    @Test
    void whatIsLeftOfAnAdapterIsTheSquare() {
        double a = 1;
        double b = 1;
        for (int step = 0; step < 1000; step++) {
            a *= 1 - 1e-4;
            b *= 1 - 1e-4;
        }
        assertThat(Start.ADAPTER.left(a)).isCloseTo(a * b, within(1e-15));
        assertThat(Start.PRETRAINED.left(a)).isEqualTo(a);
        assertThat(Start.SCRATCH.left(Double.NaN)).isNaN();
    }

    @Test
    void anExplanationSaysWhatDecayLeavesOfTheStart() {
        assertThat(notes(Start.PRETRAINED))
                .anyMatch(note -> note.contains("L2-SP")
                        && note.endsWith(
                                "of the trained network's weights decay alone leaves 90.5 % at the end of the run"));
        assertThat(notes(Start.ADAPTER))
                .anyMatch(note ->
                        note.endsWith("of the adapter's product decay alone leaves 81.9 % at the end of the run"));
        assertThat(notes(Start.SCRATCH)).noneMatch(note -> note.contains("decay alone leaves"));
    }

    private static List<String> notes(Start start) {
        return Explanation.of(Recipe.of(Registry.get("torch", "adamw"))
                        .learningRate(1e-4)
                        .weightDecay(0.1)
                        .batchSize(128.0)
                        .datasetSize(12_800.0)
                        .schedule(Schedule.constant())
                        .length(new RunLength.Epochs(100))
                        .start(start)
                        .build())
                .notes();
    }
}
