import time, json
from collections import Counter
import pytest
from intake.kinds import table
from intake.models import *
from intake import saving
from projects.models import *
from tests.factories import SuperuserFactory, project_index
@pytest.mark.parametrize("f",["structural-funds-2007-2013.csv","structural-funds-2014-2020.csv"])
def test_x(db,f,django_capture_on_commit_callbacks):
    project_index()
    data=open("/work/shared/data/lists/"+f,"rb").read()
    t=time.process_time()
    d=table.read(data,f)
    i=Intake.objects.create(user=SuperuserFactory())
    fl=IntakeFile.objects.create(intake=i,name=f,content=data,kind=d.kind); IntakeProject.objects.bulk_create([IntakeProject.of(x,i,fl) for x in d.found])
    print("read",time.process_time()-t); t=time.process_time()
    with django_capture_on_commit_callbacks(execute=True):
        saving.save(i)
    c=time.process_time()-t
    print("saved",c, c/len(d.found),Counter(i.projects.values_list("state","message")).most_common(5))
    print(Organisation.objects.count(), len({o for p in d.found for o in p.data["records"]["organisations"]}))
    print(Counter(x[1] for p in i.projects.all() for x in p.doubts).most_common(5))
    t=time.process_time()
    with django_capture_on_commit_callbacks(execute=True):
        saving.undo(i)
    print("undone",time.process_time()-t,Counter(i.projects.values_list("state",flat=True)),Organisation.objects.count(),ProjectPage.objects.count())
