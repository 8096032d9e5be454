package dev.wane.lab.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wane.formats.problem.InputException;
import dev.wane.lab.store.Store;
import dev.wane.lab.trial.EngineTrialSpec;
import dev.wane.lab.trial.Specs;
import dev.wane.lab.trial.TrialFailure;
import dev.wane.lab.trial.TrialRunner;
import dev.wane.lab.trial.TrialSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalExecutorTest {
    private final List<TrialSpec> specs = LongStream.range(0, 6)
            .<TrialSpec>mapToObj(seed -> Specs.of(0.1, seed))
            .toList();
    private final AtomicInteger runs = new AtomicInteger();
    private final TrialRunner counting = (spec, cancelled) -> {
        runs.incrementAndGet();
        return Specs.result(spec, ((EngineTrialSpec) spec).seed());
    };

    @TempDir
    Path folder;

    private Store store;

    @BeforeEach
    void open() {
        store = Store.open(folder.resolve("wane.db"));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void everyTrialIsRunOnceAndNeverAgain() {
        executor(counting, 2).run(specs, TrialListener.NONE);
        executor(counting, 2).run(specs, TrialListener.NONE);

        assertThat(runs).hasValue(6);
        assertThat(specs).allMatch(spec -> store.result(spec.id()).isPresent());
    }

    @Test
    void workersRunAtTheSameTime() {
        CountDownLatch together = new CountDownLatch(2);
        executor(
                        (spec, cancelled) -> {
                            together.countDown();
                            awaitOrFail(together);
                            return Specs.result(spec, 0);
                        },
                        2)
                .run(specs, TrialListener.NONE);

        assertThat(together.getCount()).isZero();
    }

    @Test
    void aFailureNamesItsTrialAndLeavesTheOthersForTheNextRun() {
        TrialRunner failing = (spec, cancelled) -> {
            if (((EngineTrialSpec) spec).seed() == 3) {
                throw new IllegalStateException("no memory");
            }
            return counting.run(spec, cancelled);
        };

        assertThatThrownBy(() -> executor(failing, 2).run(specs, TrialListener.NONE))
                .isInstanceOf(TrialFailedException.class)
                .hasMessageContaining(specs.get(3).id().substring(0, 12))
                .hasMessageContaining("no memory");

        executor(counting, 2).run(specs, TrialListener.NONE);
        assertThat(runs).hasValue(6);
    }

    @Test
    void cancellingStopsAndAnotherRunCompletes() {
        AtomicBoolean cancelled = new AtomicBoolean();
        TrialRunner cancelling = (spec, asked) -> {
            cancelled.set(true);
            throw new CancellationException("between two steps");
        };

        assertThatThrownBy(() -> new LocalExecutor(store, cancelling, 1, cancelled).run(specs, TrialListener.NONE))
                .isInstanceOf(CancellationException.class);

        executor(counting, 1).run(specs, TrialListener.NONE);
        assertThat(runs).hasValue(6);
    }

    private LocalExecutor executor(TrialRunner runner, int workers) {
        return new LocalExecutor(store, runner, workers, new AtomicBoolean());
    }

    /** A trial without a figure is a result: the others go on, and the next call tries it again. */
    @Test
    void aTrialThatFailsIsKeptWithItsReasonAndTriedAgainByTheNextCall() {
        AtomicBoolean broken = new AtomicBoolean(true);
        TrialRunner sometimes = (spec, cancelled) -> {
            if (broken.get() && ((EngineTrialSpec) spec).seed() == 3) {
                throw new TrialFailure("ended with 1", "Traceback");
            }
            return counting.run(spec, cancelled);
        };

        executor(sometimes, 2).run(specs, TrialListener.NONE);
        assertThat(store.failed(specs.stream().map(TrialSpec::id).toList()))
                .containsExactly(specs.get(3).id());
        assertThat(store.failure(specs.get(3).id()))
                .hasValueSatisfying(failure -> assertThat(failure).hasMessage("ended with 1"))
                .hasValueSatisfying(failure -> assertThat(failure.tail()).isEqualTo("Traceback"));

        broken.set(false);
        executor(sometimes, 2).run(specs, TrialListener.NONE);
        assertThat(runs).hasValue(6);
        assertThat(store.failed(specs.stream().map(TrialSpec::id).toList())).isEmpty();
    }

    @Test
    void whereTheFirstTrialsAllFailTheirReasonIsSaid() {
        TrialRunner never = (spec, cancelled) -> {
            throw new TrialFailure("ended with 1", "ModuleNotFoundError: No module named 'torch'");
        };

        assertThatThrownBy(() -> executor(never, 1).run(specs, TrialListener.NONE))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("the first 6 trials all failed; the last one ended with 1")
                .hasMessageContaining("No module named 'torch'");
    }

    private static void awaitOrFail(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
