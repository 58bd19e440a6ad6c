from tests.drawn import frame
def test_a(): assert frame()==1
