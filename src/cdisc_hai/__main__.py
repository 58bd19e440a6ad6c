"""``python -m cdisc_hai`` is the command ``cdisc-hai``."""

from cdisc_hai.cli import main

if __name__ == "__main__":
    main(prog_name="cdisc-hai")
