package dev.wane.formats.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wane.formats.tree.Node;
import dev.wane.formats.tree.TreeReader;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What shell scripts do to the arguments of a training run, as bash was seen to do it. */
class ShellHabitsTest {
    private static final String ARGS =
            "ARGS=(--model_name_or_path m --output_dir o --per_device_train_batch_size 4 --max_steps 100 --learning_rate 6e-4";
    private static final String RUN = "\\ntorchrun --nproc_per_node 8 train.py ${ARGS[@]}";
    private static final String ONE =
            "train.py --model_name_or_path m --output_dir o --per_device_train_batch_size 4 --max_steps 100";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "an array goes on without a space | ARGS)\\nARGS+=(--weight_decay 0.3)RUN | weightDecay | 0.3",
                "what is put behind counts | ARGS --weight_decay 0.1)\\nARGS+=(--weight_decay 0.3)RUN | weightDecay | 0.3",
                "the last of one command counts | torchrun ONE --weight_decay 0.1 --weight_decay 0.3 | weightDecay | 0.3",
                "another array is another run | ARGS --weight_decay 0.1)RUN\\nARGS --weight_decay 0.3)RUN | weightDecay | null",
                "in a branch | ARGS)\\nif [ $BIG = 1 ]; then\\n  ARGS+=(--weight_decay 0.3)\\nfiRUN | weightDecay | null",
                "in a branch, and before it | ARGS --weight_decay 0.1)\\nif [ $B ]; then\\n  ARGS+=(--weight_decay 0.3)\\nfiRUN | weightDecay | null",
                "behind a condition | ARGS)\\n[[ -n \"$DECAY\" ]] && ARGS+=(--weight_decay 0.3 --warmup_steps 50)RUN | warmupSteps | null",
                "a variable behind a condition | WD=0.1\\n[ \"$X\" ] && WD=0.3\\ntorchrun ONE --weight_decay $WD | weightDecay | null",
                "where a variable is set | torchrun ONE ${WD:+--weight_decay 0.1} | weightDecay | null",
                "where this script sets it | WD=1\\ntorchrun ONE ${WD:+--weight_decay 0.1} | weightDecay | 0.1",
                "another script may set it again | LR=1e-4\\nsource ./common.sh\\ntorchrun ONE --learning_rate $LR | learningRate | null",
                "an environment's does not | LR=1e-4\\nsource ./venv/bin/activate\\ntorchrun ONE --learning_rate $LR | learningRate | 1.0E-4",
                "a comment ends a command | torchrun ONE \\\\\\n  # --weight_decay 0.1 \\\\\\n  --weight_decay 0.3 | weightDecay | 0.0",
                "but no array | ARGS \\\\\\n  # --weight_decay 0.1 \\\\\\n  --weight_decay 0.3 \\\\\\n)RUN | weightDecay | 0.3",
                "a file that is written is no command | cat > x.sh <<EOF\\ntorchrun t.py --weight_decay 9 --learning_rate 9\\nEOF\\ntorchrun ONE --weight_decay 0.1 | weightDecay | 0.1",
                "nor is a comment of several lines | : '\\ntorchrun t.py --weight_decay 9\\n'\\ntorchrun ONE --weight_decay 0.1 | weightDecay | 0.1",
                "an evaluation trains nothing | torchrun ONE --weight_decay 0.1\\npython eval.py --model_name_or_path o --per_device_eval_batch_size 4 | weightDecay | 0.1",
                "nodes are in a file of hosts | deepspeed --hostfile hosts --num_gpus 8 ONE | batchSize | null",
                "accelerate counts all processes | accelerate launch --num_processes 16 ONE | batchSize | 64.0",
                "processes from the environment | NNODES=2 NPROC_PER_NODE=4 swift sft --model q --per_device_train_batch_size 2 --max_steps 9 --learning_rate 1e-4 | replicas | 8.0"
            })
    void bashIsFollowed(String habit, String script, String quantity, String value) {
        String text = script.replace("ARGS)", ARGS + ")")
                .replace("ARGS --", ARGS + " --")
                .replace("ARGS \\", ARGS + " \\")
                .replace("RUN", RUN)
                .replace("ONE", ONE)
                .replace("\\\\", "\\")
                .replace("\\n", "\n");
        Node.Mapping file = (Node.Mapping) TreeReader.parse("a.sh", text);
        ResolvedConfig config = ConfigReader.read(new Sources(file, List.of(), null, null), null);
        assertThat(String.valueOf(config.resolution().text(quantity))).as(habit).isEqualTo(value);
    }
}
