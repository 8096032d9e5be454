package dev.wane.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TraceTest {
    private final Trace trace = new Trace(64);

    @Test
    void itNeverHoldsMoreThanItMayAndKeepsSpikes() {
        for (int step = 1; step <= 100_000; step++) {
            trace.add(step, step == 50_000 ? 99 : step == 70_000 ? -99 : Math.sin(step));
        }
        assertThat(trace.samples()).hasSizeLessThan(64);
        assertThat(trace.samples()).contains(new Sample(50_000, 99), new Sample(70_000, -99));
        assertThat(trace.samples()).isSortedAccordingTo((a, b) -> Double.compare(a.step(), b.step()));
        assertThat(trace.last().step()).isEqualTo(100_000);
    }

    @Test
    void aStepThatGoesBackTakesThePlaceOfWhatCameAfter() {
        for (int step = 1; step <= 10; step++) {
            trace.add(step, 1);
        }
        assertThat(trace.add(6, 2)).isTrue();
        assertThat(trace.add(7, 2)).isFalse();
        assertThat(trace.samples()).extracting(Sample::step).containsExactly(1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 6.0, 7.0);
    }

    @Test
    void withoutStepsSamplesAreCounted() {
        trace.add(Double.NaN, 5);
        trace.add(Double.NaN, 6);
        assertThat(trace.samples()).containsExactly(new Sample(1, 5), new Sample(2, 6));
    }

    @Test
    void theValueAtAStepIsTheLastBefore() {
        trace.add(10, 1);
        trace.add(20, 2);
        assertThat(trace.at(9)).isNaN();
        assertThat(trace.at(10)).isEqualTo(1);
        assertThat(trace.at(19)).isEqualTo(1);
        assertThat(trace.at(99)).isEqualTo(2);
    }

    @Test
    void figuresAreOfFiniteValues() {
        trace.add(1, Double.NaN);
        assertThat(trace.max()).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(trace.median(step -> true)).isNaN();
        trace.add(2, 3);
        trace.add(3, 5);
        trace.add(4, Double.POSITIVE_INFINITY);
        assertThat(trace.max()).isEqualTo(5);
        assertThat(trace.median(step -> step < 3)).isEqualTo(3);
    }

    @Test
    void capacityIsAMultipleOfFour() {
        assertThatThrownBy(() -> new Trace(6)).hasMessage("capacity must be a multiple of four, got 6");
    }
}
