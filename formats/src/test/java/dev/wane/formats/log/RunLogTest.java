package dev.wane.formats.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wane.formats.problem.InputException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunLogTest {
    @TempDir
    Path folder;

    @Test
    void jsonLinesAreNumbersByNameAndStep() throws IOException {
        assertThat(log("m.jsonl", """
                        {"step": 1, "loss": 0.5, "who": "me", "train": {"loss": {"a": 2}}, "ok": true, "list": [1]}

                        {"global_step": 20, "loss": NaN, "err": null}
                        """))
                .containsExactly(
                        new Logged("step", 1, 1),
                        new Logged("loss", 1, 0.5),
                        new Logged("train.loss.a", 1, 2),
                        new Logged("list.0", 1, 1),
                        new Logged("global_step", 20, 20),
                        new Logged("loss", 20, Double.NaN),
                        new Logged("err", 20, Double.NaN, true));
    }

    @Test
    void aLastLineThatIsBeingWrittenIsNotReadAndOneInTheMiddleIsAnError() throws IOException {
        assertThat(log("m.jsonl", "{\"loss\": 1}\n{\"loss\": 2, \"er")).hasSize(1);
        assertThatThrownBy(() -> log("m.jsonl", "{\"loss\": 1}\n{\"loss\": \n{\"loss\": 3}\n"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("m.jsonl:2:1: is no JSON");
        assertThatThrownBy(() -> log("m.jsonl", "[1]\n{\"loss\": 3}\n"))
                .hasMessageContaining("m.jsonl:1:1: must be an");
    }

    @Test
    void aTableHasItsOwnSeparatorAndHoles() throws IOException {
        List<Logged> expected = List.of(
                new Logged("step", 10, 10),
                new Logged("val,loss", 10, 0.25),
                new Logged("step", 20, 20),
                new Logged("err", 20, Double.NaN),
                new Logged("step", 30, 30),
                new Logged("err", 30, Double.POSITIVE_INFINITY));
        assertThat(log("m.csv", "step,\"val,loss\",err\n10,0.25,\n20,,nan\n30,none,inf\n"))
                .isEqualTo(expected);
        assertThat(log("m.csv", "\ufeffstep;val,loss;err\r\n10;2.5e-1\r\n20;;NaN;7\r\n30;;inf"))
                .isEqualTo(expected);
        assertThat(log("m.tsv", "step\tval,loss\terr\n10\t.25\t\n20\t\tnan\n30\t\t+Infinity\n"))
                .isEqualTo(expected);
        assertThat(log("m.csv", "")).isEmpty();
    }

    @Test
    void aTrainersStateIsItsHistoryAndAnotherDocumentItsNumbers() throws IOException {
        assertThat(log("trainer_state.json", """
                        {"epoch": 3, "log_history": [{"step": 5, "loss": 2.5}, {"step": 5, "eval_loss": 2}]}"""))
                .contains(new Logged("loss", 5, 2.5), new Logged("eval_loss", 5, 2))
                .hasSize(4);
        assertThat(log("all_results.json", "{\"eval_loss\": 2, \"name\": \"x\"}"))
                .containsExactly(new Logged("eval_loss", Double.NaN, 2));
        assertThatThrownBy(() -> log("r.json", "{\n\"a\": \n}")).hasMessageContaining("r.json:3:1: is no JSON");
        assertThatThrownBy(() -> log("r.json", "")).hasMessageContaining("must be a JSON object");
    }

    @Test
    void eventsAreReadUpToARecordThatIsBeingWritten() throws IOException {
        byte[] first = Events.scalar(7, "loss/train", 0.5f);
        byte[] second = Events.tensor(300_000, "loss/val", 0.25f);
        List<Logged> both = List.of(new Logged("loss/train", 7, 0.5), new Logged("loss/val", 300_000, 0.25));

        assertThat(events(first, second)).isEqualTo(both);
        for (int cut = 0; cut < second.length; cut++) {
            assertThat(events(first, Arrays.copyOf(second, cut))).isEqualTo(both.subList(0, 1));
        }
    }

    @Test
    void aBrokenRecordIsNamedByItsPlace() {
        byte[] first = Events.scalar(7, "loss", 0.5f);
        byte[] broken = first.clone();
        broken[20]++;
        assertThatThrownBy(() -> events(first, broken))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("is broken at byte " + (first.length + 12) + ": a record's checksum is wrong");
        byte[] length = first.clone();
        length[0]++;
        assertThatThrownBy(() -> events(first, length))
                .hasMessageContaining("is broken at byte " + first.length + ": the length of a record is wrong");
    }

    /** Written by tensorboardX 2.6: a scalar at steps 0, 10, …, 40, a histogram and a text between them. */
    @Test
    void aFileOfTheRealWriterIsRead() throws Exception {
        List<Logged> read =
                read(Path.of(Objects.requireNonNull(RunLogTest.class.getResource("events.out.tfevents.real"))
                        .toURI()));

        assertThat(read)
                .filteredOn(logged -> logged.name().equals("train/loss"))
                .containsExactly(
                        new Logged("train/loss", 0, 1),
                        new Logged("train/loss", 10, 0.5),
                        new Logged("train/loss", 20, (float) (1 / 3.0)),
                        new Logged("train/loss", 30, 0.25),
                        new Logged("train/loss", 40, (float) 0.2));
        assertThat(read).extracting(Logged::name).containsOnly("train/loss");
    }

    @Test
    void whatIsNotThereIsSaid() {
        assertThatThrownBy(() -> read(folder.resolve("none.jsonl"))).hasMessageContaining("no such file");
    }

    private List<Logged> log(String name, String text) throws IOException {
        return read(Files.writeString(folder.resolve(name), text));
    }

    private List<Logged> events(byte[]... records) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] record : records) {
            out.writeBytes(record);
        }
        return read(Files.write(folder.resolve("events.out.tfevents.1"), out.toByteArray()));
    }

    private static List<Logged> read(Path file) {
        List<Logged> all = new ArrayList<>();
        RunLog.each(file, all::add);
        return all;
    }
}
